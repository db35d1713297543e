// ProjectRun.cpp - chooses units and analyses them

#include "tool/cli/ProjectRun.h"

#include "checks/config/Configurations.h"
#include "checks/config/ProjectRoot.h"
#include "tool/base/Path.h"
#include "tool/cli/ProgressLine.h"
#include "tool/engine/Scheduler.h"
#include "tool/project/Diff.h"
#include "tool/project/Flags.h"
#include "tool/project/Git.h"
#include "tool/project/Includers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <set>

namespace corolint::tool {

ProjectRun::ProjectRun(ProjectOptions Given, ColorMode Color)
    : Out(Terminal::open(1, Color)), Err(Terminal::open(2, Color)), Project(std::move(Given)),
      TheEngine(Project.Asked) {}

bool ProjectRun::prepare() {
  if (std::string Problem = Engine::missingInstallation(); !Project.Links && !Problem.empty())
    return fail(Problem);
  // What is wrong with the command line shows here, whatever is analysed.
  if (!readConfigurations({currentDirectory() + "/" + config::FileName.str()}))
    return false;
  if (Project.Links) {
    Run.WholeProgram = Project.WholeProgram;
    return readLists() && chooseRoot();
  }
  if (!readChanges() || !chooseUnits())
    return false;
  std::vector<std::string> Files;
  for (const CompileCommand &Unit : Selection.Units)
    Files.push_back(Unit.File);
  return readConfigurations(Files) && chooseRoot() && readFlags();
}

bool ProjectRun::fail(const llvm::Twine &Message) const {
  llvm::errs() << Err.paint(Terminal::Style::Error, "error:") << ' ' << Message << '\n';
  return false;
}

void ProjectRun::warn(const llvm::Twine &Message) const {
  llvm::errs() << Err.paint(Terminal::Style::Warning, "warning:") << ' ' << Message << '\n';
}

void ProjectRun::say(const llvm::Twine &Message) const {
  if (Project.Verbose)
    llvm::errs() << Err.paint(Terminal::Style::Dim, "corolint:") << ' ' << Message << '\n';
}

/// Replaces each @LIST by the names in that file.
bool ProjectRun::readLists() {
  for (const std::string &Name : Project.Facts) {
    llvm::StringRef List = Name;
    if (!List.consume_front("@")) {
      Facts.push_back(Name);
      continue;
    }
    auto Buffer = llvm::MemoryBuffer::getFile(List, /*IsText=*/true);
    if (!Buffer)
      return fail("cannot read the list '" + List + "': " + Buffer.getError().message());
    for (llvm::line_iterator Line(**Buffer, /*SkipBlanks=*/true); !Line.is_at_eof(); ++Line)
      Facts.push_back(Line->trim().str());
  }
  return !Facts.empty() || fail("there are no files of facts to link");
}

bool ProjectRun::readConfigurations(llvm::ArrayRef<std::string> Files) {
  std::vector<config::Mistake> Mistakes;
  std::set<std::string> Read;
  for (const std::string &File : Files) {
    std::shared_ptr<const config::Configuration> Config = TheEngine.configuration(File);
    config::addMistakes(Mistakes, Config->Mistakes);
    Read.insert(Config->Files.begin(), Config->Files.end());
  }
  for (const std::string &File : Read)
    say("configuration: " + relativePath(File, currentDirectory()));
  return accept(Mistakes);
}

bool ProjectRun::accept(llvm::ArrayRef<config::Mistake> Mistakes) const {
  for (const config::Mistake &One : Mistakes) {
    if (One.Line)
      llvm::errs() << relativePath(One.File, currentDirectory()) << ':' << One.Line << ':'
                   << One.Column << ": ";
    fail(One.Message);
  }
  return Mistakes.empty();
}

bool ProjectRun::readChanges() {
  const ChangeOptions &Wanted = Project.Changes;
  if (!Wanted.any())
    return true;
  auto Read = [&]() -> llvm::Expected<ChangedLines> {
    if (!Wanted.Since.empty())
      return changesSince(currentDirectory(), Wanted.Since);
    if (Wanted.Staged)
      return stagedChanges(currentDirectory());
    auto Text = llvm::MemoryBuffer::getFileOrSTDIN(Wanted.DiffFile);
    if (!Text)
      return llvm::createStringError("cannot read '" + Wanted.DiffFile +
                                     "': " + Text.getError().message());
    // Names in a diff begin at the root of the repository.
    return parseDiff((*Text)->getBuffer(), Project.Root.empty()
                                               ? config::projectRoot(currentDirectory())
                                               : realPath(Project.Root));
  };
  llvm::Expected<ChangedLines> Lines = Read();
  if (!Lines)
    return fail(
        (Wanted.Since.empty() ? Wanted.Staged ? "--staged: " : "--diff-file: " : "--since: ") +
        llvm::toString(Lines.takeError()));
  Changed = std::move(*Lines);
  return true;
}

/// The changed sources, and for each changed header a unit that reads it.
std::vector<std::string> ProjectRun::changedUnits(const std::vector<CompileCommand> &Commands) {
  std::set<std::string> Result;
  Includers Readers(Commands);
  for (const std::string &File : Changed->files()) {
    bool Wanted =
        Project.Paths.empty() || llvm::any_of(Project.Paths, [&](const std::string &Path) {
          return isInside(File, realPath(Path));
        });
    if (!Wanted || !llvm::sys::fs::exists(File))
      continue;
    std::string Name = relativePath(File, currentDirectory());
    if (isSourceName(File)) {
      Result.insert(File);
    } else if (isHeaderName(File)) {
      const CompileCommand *Unit = Readers.of(File);
      if (!Unit)
        warn("no file of the compilation database includes '" + Name +
             "', which was changed; it is not analysed");
      else if (Result.insert(Unit->File).second)
        say("'" + Name + "' is analysed through '" + relativePath(Unit->File, currentDirectory()) +
            "'");
    }
  }
  return {Result.begin(), Result.end()};
}

bool ProjectRun::chooseUnits() {
  std::vector<CompileCommand> Commands;
  if (Project.HasFlags) {
    if (Project.Paths.empty())
      return fail("name the files that the flags after -- belong to");
    for (const std::string &File : Project.Paths) {
      if (!llvm::sys::fs::exists(File))
        return fail("no such file or directory: '" + File + "'");
      if (llvm::sys::fs::is_directory(File))
        return fail("'" + File +
                    "' is a folder; with flags after --, name "
                    "the files");
      Commands.push_back(commandFromFlags(File, Project.Flags));
    }
  } else if (!loadDatabase(Commands)) {
    return false;
  }
  std::vector<std::string> Paths = Project.Paths;
  if (Changed && !Project.HasFlags) {
    Paths = changedUnits(Commands);
    if (Paths.empty()) {
      say("no C++ file was changed");
      return true;
    }
  }
  auto Chosen = selectUnits(Commands, Paths, [&](const std::string &File) {
    return TheEngine.configuration(File)->Strict.Value;
  });
  if (!Chosen)
    return fail(llvm::toString(Chosen.takeError()));
  Selection = std::move(*Chosen);
  if (Changed) {
    // Findings in a changed header count, too.
    Selection.Requested.clear();
    for (const std::string &Path : Project.Paths)
      Selection.Requested.push_back(realPath(Path));
  }
  Run.WholeProgram =
      !Project.HasFlags && Selection.Failures.empty() && Selection.Units.size() == Commands.size();
  for (const std::string &Warning : Selection.Warnings)
    warn(Warning);
  if (Selection.Units.empty() && Selection.Failures.empty())
    return fail("no file of the compilation database exists; run the build "
                "system's configure step again");
  return true;
}

bool ProjectRun::loadDatabase(std::vector<CompileCommand> &Commands) {
  std::string Path = Project.Build;
  if (Path.empty()) {
    DatabaseSearch Search = findDatabase(currentDirectory());
    if (Search.Path.empty())
      return fail(noDatabaseMessage(Search));
    Path = relativePath(Search.Path, currentDirectory());
    for (const std::string &Other : Search.Others)
      say("there is also " + relativePath(Other, currentDirectory()) + "; -p chooses it");
  }
  auto Loaded = loadCompileCommands(Path);
  if (!Loaded)
    return fail(llvm::toString(Loaded.takeError()));
  Commands = std::move(*Loaded);
  say("compilation database: " + Path + ", files: " + llvm::Twine(Commands.size()));
  return true;
}

bool ProjectRun::chooseRoot() {
  if (Project.Root.empty()) {
    Run.Root = folderOf(Selection.Units, config::projectRoot(currentDirectory()));
  } else {
    Run.Root = realPath(Project.Root);
    if (!llvm::sys::fs::is_directory(Run.Root))
      return fail("--root: there is no folder '" + Project.Root + "'");
  }
  say("project root: " + Run.Root);
  for (UnitFailure &Failure : Selection.Failures)
    if (isInside(Failure.File, Run.Root))
      Failure.File = relativePath(Failure.File, Run.Root);
  return true;
}

/// Leaves out units that cannot hold a coroutine, and names the flags that
/// are left out: once a run, not once a unit.
bool ProjectRun::readFlags() {
  std::map<std::string, unsigned> LeftOut;
  std::size_t Before = Selection.Units.size();
  llvm::erase_if(Selection.Units, [&](const CompileCommand &Unit) {
    auto Flags = analysisFlags(Unit);
    if (!Flags) {
      llvm::consumeError(Flags.takeError()); // the engine reports it
      return false;
    }
    if (Flags->NotCxx &&
        !(llvm::StringRef(Unit.File).ends_with(".c") && TheEngine.readsC(Unit.File)))
      return true;
    for (const std::string &Flag : Flags->GccOnly)
      ++LeftOut[Flag];
    return false;
  });
  if (std::size_t Skipped = Before - Selection.Units.size())
    say("not read, since not C++: " + llvm::Twine(Skipped) + (Skipped == 1 ? " file" : " files"));
  for (const auto &[Flag, Count] : LeftOut)
    say("left out " + Flag + ", which only GCC knows, in " + llvm::Twine(Count) +
        (Count == 1 ? " command" : " commands"));
  return true;
}

EngineOutput ProjectRun::analyse() {
  if (Project.Links)
    return TheEngine.link(Facts, Run);
  Run.Jobs = Project.Jobs ? Project.Jobs : availableProcessors();
  Run.Timeout = std::chrono::seconds(Project.Timeout);
  Run.InProcess = Project.InProcess;
  Run.Repeat = repeatCommand();
  ProgressLine Line(Err, Project.Quiet);
  EngineOutput Output = TheEngine.run(Selection.Units, Run, [&](const Progress &State) {
    Line.show(State.Done, State.Total, State.File, State.Findings);
  });
  Results &Found = Output.Found;
  Found.Failures.insert(Found.Failures.begin(), Selection.Failures.begin(),
                        Selection.Failures.end());
  Found.Totals.Units += static_cast<unsigned>(Selection.Failures.size());
  return Output;
}

static std::string quoted(const std::string &Word) {
  std::string Result;
  llvm::raw_string_ostream Stream(Result);
  llvm::sys::printArg(Stream, Word, /*Quote=*/false);
  return Result;
}

/// The command that analyses one unit again in the same way.
std::string ProjectRun::repeatCommand() const {
  std::string Result = "corolint check";
  auto Add = [&](llvm::StringRef Name, const std::string &Value) {
    if (!Value.empty())
      Result += (" " + Name + " " + quoted(Value)).str();
  };
  Add("-p", Project.Build);
  Add("--root", Project.Root);
  Add("--config", Project.Asked.File);
  if (Project.Asked.NoFiles)
    Result += " --no-config";
  for (const std::string &Model : Project.Asked.Models)
    Add("--models", Model);
  return Result;
}

} // namespace corolint::tool
