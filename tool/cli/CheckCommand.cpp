// CheckCommand.cpp - select, analyse, filter, report

#include "tool/base/Path.h"
#include "tool/cli/Commands.h"
#include "tool/cli/FixFiles.h"
#include "tool/cli/ProgressLine.h"
#include "tool/engine/Engine.h"
#include "tool/engine/Scheduler.h"
#include "tool/filter/FindingFilter.h"
#include "tool/filter/Fingerprint.h"
#include "tool/project/Flags.h"
#include "tool/project/UnitSelection.h"
#include "tool/report/Json.h"
#include "tool/report/Text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <map>

namespace corolint::tool {

namespace {

class CheckRun {
public:
  CheckRun(const CheckOptions &Given, ColorMode Color)
      : Options(Given), Out(Terminal::open(1, Color)),
        Err(Terminal::open(2, Color)) {}

  int run() {
    auto Start = std::chrono::steady_clock::now();
    if (!prepare())
      return ExitUsage;
    EngineOutput Output = analyse();
    if (Output.Interrupted)
      return ExitInterrupted;
    Results &Found = Output.Found;
    Found.Failures.insert(Found.Failures.begin(), Selection.Failures.begin(),
                          Selection.Failures.end());
    Found.Totals.Units += static_cast<unsigned>(Selection.Failures.size());
    std::chrono::duration<double> Took =
        std::chrono::steady_clock::now() - Start;
    Found.Totals.Seconds = Took.count();
    return report(Output);
  }

private:
  /// Everything that can be wrong with the command line and the configuration.
  bool prepare() {
    if (Options.Fix && Options.Diff)
      return fail("--fix and --diff exclude each other");
    if (std::string Problem = Engine::missingInstallation(); !Problem.empty())
      return fail(Problem);
    std::vector<CheckRow> Rows = Engine::checks();
    auto Chosen = selectChecks(Rows, Options.Rules, lowest());
    if (!Chosen)
      return fail(llvm::toString(Chosen.takeError()));
    Run.Checks = std::move(*Chosen);
    return loadModels() && checkOutputs() && chooseUnits() && chooseRoot() &&
           readFlags();
  }

  Level lowest() const { return Options.Strict ? Level::Medium : Level::High; }

  bool fail(const llvm::Twine &Message) {
    llvm::errs() << Err.paint(Terminal::Style::Error, "error:") << ' '
                 << Message << '\n';
    return false;
  }

  void warn(const llvm::Twine &Message) {
    llvm::errs() << Err.paint(Terminal::Style::Warning, "warning:") << ' '
                 << Message << '\n';
  }

  void say(const llvm::Twine &Message) {
    if (Options.Verbose)
      llvm::errs() << Err.paint(Terminal::Style::Dim, "corolint:") << ' '
                   << Message << '\n';
  }

  bool loadModels() {
    bool Good = true;
    for (const std::string &File : Options.Models)
      for (const std::string &Mistake : TheEngine.addModel(File)) {
        // A mistake with a place begins with it, as compilers print it.
        if (llvm::StringRef(Mistake).contains(": error: "))
          llvm::errs() << Mistake << '\n';
        else
          fail(Mistake);
        Good = false;
      }
    return Good;
  }

  /// An output that cannot be written is better known before the analysis.
  bool checkOutputs() {
    for (const OutputTarget &Target : Options.Outputs) {
      if (Target.File.empty() || Target.File == "-")
        continue;
      std::string Folder =
          llvm::sys::path::parent_path(realPath(Target.File)).str();
      if (!llvm::sys::fs::is_directory(Folder))
        return fail("cannot write '" + Target.File + "': there is no folder '" +
                    Folder + "'");
      if (llvm::sys::fs::is_directory(Target.File))
        return fail("cannot write '" + Target.File + "': it is a folder");
    }
    return true;
  }

  bool chooseUnits() {
    std::vector<CompileCommand> Commands;
    if (Options.HasFlags) {
      if (Options.Paths.empty())
        return fail("name the files that the flags after -- belong to");
      for (const std::string &File : Options.Paths) {
        if (!llvm::sys::fs::exists(File))
          return fail("no such file or directory: '" + File + "'");
        if (llvm::sys::fs::is_directory(File))
          return fail("'" + File +
                      "' is a folder; with flags after --, name "
                      "the files");
        Commands.push_back(commandFromFlags(File, Options.Flags));
      }
    } else if (!loadDatabase(Commands)) {
      return false;
    }
    auto Chosen = selectUnits(Commands, Options.Paths, Options.Strict);
    if (!Chosen)
      return fail(llvm::toString(Chosen.takeError()));
    Selection = std::move(*Chosen);
    for (const std::string &Warning : Selection.Warnings)
      warn(Warning);
    if (Selection.Units.empty() && Selection.Failures.empty())
      return fail("no file of the compilation database exists; run the build "
                  "system's configure step again");
    return true;
  }

  bool loadDatabase(std::vector<CompileCommand> &Commands) {
    std::string Path = Options.Build;
    if (Path.empty()) {
      DatabaseSearch Search = findDatabase(currentDirectory());
      if (Search.Path.empty())
        return fail(noDatabaseMessage(Search));
      Path = relativePath(Search.Path, currentDirectory());
      for (const std::string &Other : Search.Others)
        say("there is also " + relativePath(Other, currentDirectory()) +
            "; -p chooses it");
    }
    auto Loaded = loadCompileCommands(Path);
    if (!Loaded)
      return fail(llvm::toString(Loaded.takeError()));
    Commands = std::move(*Loaded);
    say("compilation database: " + Path +
        ", files: " + llvm::Twine(Commands.size()));
    return true;
  }

  bool chooseRoot() {
    if (Options.Root.empty()) {
      Run.Root = projectRoot(currentDirectory(), Selection.Units);
    } else {
      Run.Root = realPath(Options.Root);
      if (!llvm::sys::fs::is_directory(Run.Root))
        return fail("--root: there is no folder '" + Options.Root + "'");
    }
    say("project root: " + Run.Root);
    for (UnitFailure &Failure : Selection.Failures)
      if (isInside(Failure.File, Run.Root))
        Failure.File = relativePath(Failure.File, Run.Root);
    return true;
  }

  /// Leaves out units that cannot hold a coroutine, and names the flags that
  /// are left out: once a run, not once a unit.
  bool readFlags() {
    std::map<std::string, unsigned> LeftOut;
    std::size_t Before = Selection.Units.size();
    llvm::erase_if(Selection.Units, [&](const CompileCommand &Unit) {
      auto Flags = analysisFlags(Unit);
      if (!Flags) {
        llvm::consumeError(Flags.takeError()); // the engine reports it
        return false;
      }
      if (Flags->NotCxx)
        return true;
      for (const std::string &Flag : Flags->GccOnly)
        ++LeftOut[Flag];
      return false;
    });
    if (std::size_t Skipped = Before - Selection.Units.size())
      say("not read, since not C++: " + llvm::Twine(Skipped) +
          (Skipped == 1 ? " file" : " files"));
    for (const auto &[Flag, Count] : LeftOut)
      say("left out " + Flag + ", which only GCC knows, in " +
          llvm::Twine(Count) + (Count == 1 ? " command" : " commands"));
    return true;
  }

  EngineOutput analyse() {
    Run.Jobs = Options.Jobs ? Options.Jobs : availableProcessors();
    Run.Timeout = std::chrono::seconds(Options.Timeout);
    Run.InProcess = Options.InProcess;
    Run.Repeat = repeatCommand();
    ProgressLine Line(Err, Options.Quiet);
    return TheEngine.run(Selection.Units, Run, [&](const Progress &State) {
      Line.show(State.Done, State.Total, State.File, State.Findings);
    });
  }

  /// The command that analyses one unit again in the same way.
  std::string repeatCommand() const {
    std::string Result = "corolint check";
    auto Add = [&](llvm::StringRef Name, const std::string &Value) {
      if (!Value.empty())
        Result += (" " + Name + " " + quoted(Value)).str();
    };
    Add("-p", Options.Build);
    Add("--root", Options.Root);
    for (const std::string &Model : Options.Models)
      Add("--models", Model);
    return Result;
  }

  static std::string quoted(const std::string &Word) {
    std::string Result;
    llvm::raw_string_ostream Stream(Result);
    llvm::sys::printArg(Stream, Word, /*Quote=*/false);
    return Result;
  }

  int report(EngineOutput &Output) {
    Results &Found = Output.Found;
    SourceText Sources(Run.Root);
    addFingerprints(Found.Findings, Sources);
    filterFindings(Found, {Run.Root, Selection.Requested, lowest()});
    if (!mend(Found, Sources))
      return ExitUsage;
    for (const OutputTarget &Target : Options.Outputs)
      if (!Options.Diff && !write(Target, Found, Sources))
        return ExitUsage;
    TextStyle Style{Err, currentDirectory()};
    writeFailures(llvm::errs(), Found, Sources, Style);
    if (Options.ReportUnmodelled)
      reportUnmodelled(Output);
    if (!Options.Quiet)
      llvm::errs() << Err.paint(Terminal::Style::Bold, summaryLine(Found))
                   << '\n';
    if (Found.Totals.BelowTier)
      say(llvm::Twine(Found.Totals.BelowTier) +
          " findings are less sure; --strict shows more of them");
    return exitCode(Found);
  }

  /// Does what --fix and --diff ask for.
  bool mend(Results &Found, const SourceText &Sources) {
    if (!Options.Fix && !Options.Diff)
      return true;
    FixOutcome Outcome = Options.Fix ? fixFiles(Found, Sources)
                                     : printDiff(llvm::outs(), Found, Sources);
    PatchedFiles = Outcome.Files;
    for (const std::string &Error : Outcome.Errors)
      fail(Error);
    for (const std::string &Note : Outcome.Notes)
      llvm::errs() << Err.paint(Terminal::Style::Note, "note:") << ' ' << Note
                   << '\n';
    if (!Options.Quiet)
      llvm::errs() << (Options.Fix ? "fixed " : "the patch fixes ")
                   << Outcome.Findings << " of "
                   << Found.Findings.size() +
                          (Options.Fix ? Outcome.Findings : 0)
                   << " warnings in " << Outcome.Files
                   << (Outcome.Files == 1 ? " file\n" : " files\n");
    return Outcome.Errors.empty();
  }

  bool write(const OutputTarget &Target, const Results &Found,
             SourceText &Sources) {
    bool ToScreen = Target.File.empty() || Target.File == "-";
    auto Print = [&](llvm::raw_ostream &Stream) {
      TextStyle Style{ToScreen ? Out : Terminal::plain(), currentDirectory()};
      if (Target.As == OutputTarget::Format::Json)
        writeJson(Stream, Found);
      else
        writeText(Stream, Found, Sources, Style);
    };
    if (ToScreen) {
      Print(llvm::outs());
      llvm::outs().flush();
      std::error_code Problem = llvm::outs().error();
      llvm::outs().clear_error();
      return !Problem ||
             fail("cannot write to standard output: " + Problem.message());
    }
    llvm::Error Problem = llvm::writeToOutput(
        Target.File, [&](llvm::raw_ostream &Stream) -> llvm::Error {
          Print(Stream);
          return llvm::Error::success();
        });
    return !Problem || fail("cannot write '" + Target.File +
                            "': " + llvm::toString(std::move(Problem)));
  }

  void reportUnmodelled(const EngineOutput &Output) {
    llvm::errs() << Output.Unmodelled.size()
                 << " external functions have no model and are taken as "
                    "harmless; --models adds one\n";
    for (const auto &[Name, Count] : Output.Unmodelled)
      llvm::errs() << "  " << Name << " (" << Count
                   << (Count == 1 ? " file" : " files") << ")\n";
  }

  int exitCode(const Results &Found) const {
    if (!Found.Failures.empty() && !Options.AllowIncomplete)
      return ExitIncomplete;
    if (Options.Diff)
      return PatchedFiles ? ExitFindings : ExitClean;
    auto Counts = [&](const Finding &Each) {
      switch (Options.FailOn) {
      case CheckOptions::Fail::Warning:
        return true;
      case CheckOptions::Fail::High:
        return Each.Confidence == Level::High;
      case CheckOptions::Fail::Never:
        return false;
      }
      return true;
    };
    return llvm::any_of(Found.Findings, Counts) ? ExitFindings : ExitClean;
  }

  const CheckOptions &Options;
  Terminal Out, Err;
  Engine TheEngine;
  EngineOptions Run;
  UnitSelection Selection;
  unsigned PatchedFiles = 0; ///< by --fix or --diff
};

} // namespace

int runCheck(const CheckOptions &Options, ColorMode Color) {
  return CheckRun(Options, Color).run();
}

} // namespace corolint::tool
