// CheckCommand.cpp - select, analyse, filter, report

#include "tool/base/Path.h"
#include "tool/cli/CheckPages.h"
#include "tool/cli/Commands.h"
#include "tool/cli/FixFiles.h"
#include "tool/cli/ProjectRun.h"
#include "tool/engine/Questions.h"
#include "tool/filter/FindingFilter.h"
#include "tool/filter/Fingerprint.h"
#include "tool/report/GitHub.h"
#include "tool/report/GitLab.h"
#include "tool/report/Json.h"
#include "tool/report/Sarif.h"
#include "tool/report/Text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <set>

namespace corolint::tool {

namespace {

class CheckRun : ProjectRun {
public:
  CheckRun(const CheckOptions &Given, ColorMode Color) : ProjectRun(Given, Color), Options(Given) {}

  int run() {
    auto Start = std::chrono::steady_clock::now();
    if (!prepare())
      return ExitUsage;
    EngineOutput Output = analyse();
    if (Output.Interrupted)
      return ExitInterrupted;
    Results &Found = Output.Found;
    std::chrono::duration<double> Took = std::chrono::steady_clock::now() - Start;
    Found.Totals.Seconds = Took.count();
    return report(Output);
  }

private:
  /// Everything that can be wrong with the command line and the configuration.
  bool prepare() {
    if (Options.Fix && Options.Diff)
      return fail("--fix and --diff exclude each other");
    Run.Summarize = !Options.Summary.empty();
    Run.AcrossFiles = Options.Links && !Options.AllFindings;
    if (Run.Summarize && Options.Changes.any())
      return fail("--summary needs the whole project, not only what was changed");
    return checkOutputs() && ProjectRun::prepare();
  }

  /// An output that cannot be written is better known before the analysis.
  bool checkOutputs() {
    std::vector<OutputTarget> Targets = Options.Outputs;
    if (!Options.Summary.empty())
      Targets.push_back({OutputTarget::Format::Text, Options.Summary});
    std::set<std::string> Taken;
    for (const OutputTarget &Target : Targets) {
      bool ToScreen = Target.File.empty() || Target.File == "-";
      if (!Taken.insert(ToScreen ? "" : realPath(Target.File)).second)
        return fail(ToScreen ? "two outputs go to standard output; name a file for one: "
                               "--output FORMAT:FILE"
                             : "two outputs go to '" + Target.File + "'");
      if (ToScreen)
        continue;
      std::string Folder = llvm::sys::path::parent_path(realPath(Target.File)).str();
      if (!llvm::sys::fs::is_directory(Folder))
        return fail("cannot write '" + Target.File + "': there is no folder '" + Folder + "'");
      if (llvm::sys::fs::is_directory(Target.File))
        return fail("cannot write '" + Target.File + "': it is a folder");
    }
    return true;
  }

  int report(EngineOutput &Output) {
    Results &Found = Output.Found;
    if (!accept(Output.Mistakes))
      return ExitUsage;
    SourceText Sources(Run.Root);
    addFingerprints(Found.Findings, Sources);
    auto Lowest = [&](const std::string &File) {
      return engine().configuration(File)->Strict.Value ? Level::Medium : Level::High;
    };
    filterFindings(Found, {Run.Root, Selection.Requested, Lowest, Changed ? &*Changed : nullptr});
    Ran = std::move(Output.Checks);
    if (!mend(Found, Sources))
      return ExitUsage;
    for (const OutputTarget &Target : Options.Outputs)
      if (!Options.Diff && !write(Target, Found, Sources))
        return ExitUsage;
    if (!writeSummary(Found))
      return ExitUsage;
    TextStyle Style{Err, currentDirectory()};
    writeFailures(llvm::errs(), Found, Sources, Style);
    if (Options.ReportUnmodelled)
      reportUnmodelled();
    if (!Options.Quiet)
      llvm::errs() << Err.paint(Terminal::Style::Bold, summaryLine(Found)) << '\n';
    if (Found.Totals.BelowTier)
      say(llvm::Twine(Found.Totals.BelowTier) +
          " findings are less sure; --strict shows more of them");
    return exitCode(Found);
  }

  bool writeSummary(const Results &Found) {
    if (Options.Summary.empty())
      return true;
    if (!Found.Failures.empty())
      warn("the summary '" + Options.Summary +
           "' lacks what could not be analysed; write it again when that is mended");
    llvm::Error Problem = engine().writeSummary(Options.Summary, Run.Root);
    return !Problem ||
           fail("cannot write '" + Options.Summary + "': " + llvm::toString(std::move(Problem)));
  }

  /// Does what --fix and --diff ask for.
  bool mend(Results &Found, const SourceText &Sources) {
    if (!Options.Fix && !Options.Diff)
      return true;
    FixOutcome Outcome =
        Options.Fix ? fixFiles(Found, Sources) : printDiff(llvm::outs(), Found, Sources);
    PatchedFiles = Outcome.Files;
    for (const std::string &Error : Outcome.Errors)
      fail(Error);
    for (const std::string &Note : Outcome.Notes)
      llvm::errs() << Err.paint(Terminal::Style::Note, "note:") << ' ' << Note << '\n';
    if (!Options.Quiet)
      llvm::errs() << (Options.Fix ? "fixed " : "the patch fixes ") << Outcome.Findings << " of "
                   << Found.Findings.size() + (Options.Fix ? Outcome.Findings : 0)
                   << " warnings in " << Outcome.Files
                   << (Outcome.Files == 1 ? " file\n" : " files\n");
    return Outcome.Errors.empty();
  }

  bool write(const OutputTarget &Target, const Results &Found, SourceText &Sources) {
    bool ToScreen = Target.File.empty() || Target.File == "-";
    auto Print = [&](llvm::raw_ostream &Stream) {
      TextStyle Style{ToScreen ? Out : Terminal::plain(), currentDirectory(),
                      Options.ShowSuppressed};
      switch (Target.As) {
      case OutputTarget::Format::Text:
        return writeText(Stream, Found, Sources, Style);
      case OutputTarget::Format::Json:
        return writeJson(Stream, Found);
      case OutputTarget::Format::Sarif:
        return writeSarif(Stream, Found, Sources, {COROLINT_VERSION, checksThatRan()});
      case OutputTarget::Format::GitHub:
        return writeGitHub(Stream, Found);
      case OutputTarget::Format::GitLab:
        return writeGitLab(Stream, Found);
      }
    };
    if (ToScreen) {
      Print(llvm::outs());
      llvm::outs().flush();
      std::error_code Problem = llvm::outs().error();
      llvm::outs().clear_error();
      return !Problem || fail("cannot write to standard output: " + Problem.message());
    }
    llvm::Error Problem =
        llvm::writeToOutput(Target.File, [&](llvm::raw_ostream &Stream) -> llvm::Error {
          Print(Stream);
          return llvm::Error::success();
        });
    return !Problem ||
           fail("cannot write '" + Target.File + "': " + llvm::toString(std::move(Problem)));
  }

  std::vector<CheckRow> checksThatRan() const {
    std::vector<CheckRow> Rows = Engine::checks();
    llvm::erase_if(Rows, [&](const CheckRow &Row) { return !Ran.count(Row.Id); });
    for (CheckRow &Row : Rows)
      Row.Page = pageOf(Row.Id).str();
    return Rows;
  }

  void reportUnmodelled() const {
    std::vector<UnmodelledFunction> All = engine().questions().unmodelled();
    auto List = [&](bool OnLoop, const char *Heading) {
      auto Listed = llvm::make_filter_range(
          All, [&](const UnmodelledFunction &One) { return One.OnLoop == OnLoop; });
      llvm::errs() << Heading << ": " << std::distance(Listed.begin(), Listed.end()) << '\n';
      for (const UnmodelledFunction &One : Listed)
        llvm::errs() << "  " << One.Name << " (" << One.Files
                     << (One.Files == 1 ? " file" : " files") << ")\n";
    };
    List(true, "not modelled, called on the loop, taken as harmless (--models adds a model)");
    List(false, "not modelled, called elsewhere with callables, which may run anywhere");
  }

  int exitCode(const Results &Found) const {
    if (!Found.Failures.empty() && !Options.AllowIncomplete)
      return ExitIncomplete;
    if (Options.Diff)
      return PatchedFiles ? ExitFindings : ExitClean;
    auto Counts = [&](const Finding &Each) {
      switch (engine().configuration(realPath(Each.Where.File, Run.Root))->Fail.Value) {
      case config::FailOn::Warning:
        return true;
      case config::FailOn::High:
        return Each.Confidence == Level::High;
      case config::FailOn::Never:
        return false;
      }
      return true;
    };
    return llvm::any_of(Found.Findings, Counts) ? ExitFindings : ExitClean;
  }

  const CheckOptions &Options;
  std::set<std::string> Ran; ///< ids of checks
  unsigned PatchedFiles = 0; ///< by --fix or --diff
};

} // namespace

int runCheck(const CheckOptions &Options, ColorMode Color) {
  if (!Options.ShowConfig.empty())
    return showConfiguration(Options, Color);
  return CheckRun(Options, Color).run();
}

} // namespace corolint::tool
