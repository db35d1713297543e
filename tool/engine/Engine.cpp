// Engine.cpp - units to facts, facts to findings

#include "tool/engine/Engine.h"

#include "checks/Suppressions.h"
#include "checks/config/Configurations.h"
#include "checks/facts/Codec.h"
#include "checks/facts/FactsFile.h"
#include "tool/base/Path.h"
#include "tool/engine/Convert.h"
#include "tool/engine/Frontend.h"
#include "tool/engine/Linker.h"
#include "tool/engine/Questions.h"
#include "tool/engine/Scheduler.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <csignal>
#include <cstdlib>
#include <unistd.h>

namespace corolint::tool {

struct Engine::State {
  config::Configurations Configs{allChecks()};
  config::Request Asked;
  model::Library Library = model::builtinLibrary(); ///< all models of the last run
  color::Graph Program;                             ///< of the last run
  color::Summarizer Summary;                        ///< likewise
};

Engine::Engine(config::Request Asked) : Kept(std::make_unique<State>()) {
  Kept->Asked = std::move(Asked);
}
Engine::~Engine() = default;

std::vector<CheckRow> Engine::checks() {
  std::vector<CheckRow> Result;
  for (const RegisteredCheck &Check : allChecks())
    Result.push_back(convert(Check));
  return Result;
}

std::string Engine::missingInstallation() {
  if (llvm::sys::fs::is_directory(COROLINT_CLANG_RESOURCE_DIR "/include"))
    return {};
  return "Clang's own headers are not in " COROLINT_CLANG_RESOURCE_DIR
         "; install libclang-common-" COROLINT_LLVM_MAJOR
         "-dev, or build corolint against the LLVM that is installed";
}

std::shared_ptr<const config::Configuration> Engine::configuration(const std::string &File) const {
  return Kept->Configs.forFile(File, Kept->Asked);
}

bool Engine::readsC(const std::string &File) const {
  return llvm::any_of(configuration(File)->Library->Models,
                      [](const model::LibraryModel &One) { return !One.Annotations.empty(); });
}

namespace {

/// For tests: COROLINT_TEST_FAULT=crash:NAME or hang:NAME makes the unit of
/// that file name fail.
void failOnDemand(llvm::StringRef File) {
  const char *Value = std::getenv("COROLINT_TEST_FAULT");
  if (!Value)
    return;
  auto [Fault, Name] = llvm::StringRef(Value).split(':');
  if (Name != llvm::sys::path::filename(File))
    return;
  if (Fault == "crash")
    std::raise(SIGSEGV);
  while (Fault == "hang")
    pause();
}

/// One run: collects results by index, then links in the order of the units.
class Run {
public:
  Run(const std::vector<CompileCommand> &All, const EngineOptions &With, const Engine &Of,
      const std::function<void(const Progress &)> &Listener)
      : Units(All), Options(With), Tell(Listener), Ended(All.size()), Linked(Of, With) {
    for (const CompileCommand &Unit : Units)
      Configs.push_back(Of.configuration(Unit.File));
    State.Total = Units.size();
  }

  EngineOutput run() {
    Output.Found.Totals.Units = static_cast<unsigned>(Units.size());
    if (Options.InProcess)
      extractHere();
    else
      Output.Interrupted = !extractForked();
    if (!Output.Interrupted)
      link();
    return std::move(Output);
  }

private:
  UnitOptions optionsFor(std::size_t Index) const {
    UnitOptions Result = Configs[Index]->unitOptions();
    Result.Root = Options.Root;
    Result.Checks = checksToRun(Result.Checks);
    return Result;
  }

  std::vector<std::uint8_t> extract(std::size_t Index) {
    failOnDemand(Units[Index].File);
    return facts::encode(extractUnit(Units[Index], optionsFor(Index)));
  }

  void extractHere() {
    for (std::size_t Index = 0; Index < Units.size(); ++Index) {
      WorkResult Result;
      Result.How = WorkResult::End::Done;
      Result.Bytes = extract(Index);
      ended(Index, std::move(Result));
    }
  }

  bool extractForked() {
    ScheduleOptions Schedule;
    Schedule.Jobs = Options.Jobs;
    Schedule.Timeout = Options.Timeout;
    return runForked(
        Units.size(), Schedule, [this](std::size_t Index) { return extract(Index); },
        [this](std::size_t Index, WorkResult Result) { ended(Index, std::move(Result)); });
  }

  std::string shown(const std::string &File) const {
    return isInside(File, Options.Root) ? relativePath(File, Options.Root) : File;
  }

  void ended(std::size_t Index, WorkResult Result) {
    if (Result.How == WorkResult::End::Done)
      if ((Decoded[Index] = facts::decode(Result.Bytes)))
        State.Findings += Decoded[Index]->Findings.size();
    Result.Bytes.clear();
    Ended[Index] = std::move(Result);
    ++State.Done;
    State.File = shown(Units[Index].File);
    Tell(State);
  }

  void link() {
    for (const auto &Config : Configs)
      Output.Checks.merge(Config->unitOptions().Checks);
    for (std::size_t Index = 0; Index < Units.size(); ++Index) {
      auto &Unit = Decoded[Index];
      if (!Unit) {
        Output.Found.Failures.push_back(died(Index));
        continue;
      }
      if (!Unit->Errors.empty())
        Output.Found.Failures.push_back(convertErrors(shown(Units[Index].File), Unit->Errors));
      Linked.add(std::move(*Unit), optionsFor(Index).Checks);
      Unit.reset();
    }
    Linked.finish(Output);
  }

  UnitFailure died(std::size_t Index) const {
    const WorkResult &Result = Ended[Index];
    UnitFailure Failure;
    Failure.File = shown(Units[Index].File);
    std::string Again =
        Options.Repeat + " --in-process " + relativePath(Units[Index].File, currentDirectory());
    if (Result.How == WorkResult::End::TimedOut) {
      Failure.Why = UnitFailure::Kind::Timeout;
      Failure.Message =
          "the analysis was stopped after " + std::to_string(Options.Timeout.count() / 1000) + " s";
      Failure.Help = "allow more with --timeout; to repeat it: " + Again;
      return Failure;
    }
    Failure.Why = UnitFailure::Kind::Crash;
    Failure.Message = "internal error: the analysis of this file died: ";
    Failure.Message += Result.Reason.empty() ? "its result is damaged" : Result.Reason;
    Failure.Help = "to repeat it: " + Again;
    return Failure;
  }

  const std::vector<CompileCommand> &Units;
  const EngineOptions &Options;
  const std::function<void(const Progress &)> &Tell;
  std::vector<std::shared_ptr<const config::Configuration>> Configs; ///< of the units
  std::vector<WorkResult> Ended;
  std::map<std::size_t, std::optional<facts::Unit>> Decoded;
  Progress State;
  EngineOutput Output;

public:
  /// corolint's own models and those of all units.
  model::Library library() const {
    model::Library Result = model::builtinLibrary();
    const std::ptrdiff_t Own = std::ptrdiff_t(Result.Models.size());
    std::set<const model::Library *> Seen;
    for (const auto &Config : Configs)
      if (Seen.insert(Config->Library.get()).second)
        Result.Models.insert(Result.Models.end(), Config->Library->Models.begin() + Own,
                             Config->Library->Models.end());
    return Result;
  }

  Linker Linked; ///< after run()
};

} // namespace

EngineOutput Engine::run(const std::vector<CompileCommand> &Units, const EngineOptions &Options,
                         const std::function<void(const Progress &)> &Tell) {
  Run One(Units, Options, *this, Tell);
  EngineOutput Output = One.run();
  Kept->Library = One.library();
  Kept->Program = One.Linked.takeProgram();
  Kept->Summary = One.Linked.takeSummary();
  return Output;
}

/// The unit in the file of facts \p File, or what is wrong.
static std::variant<facts::Unit, UnitFailure> loadFacts(const std::string &File,
                                                        const std::string &Root) {
  UnitFailure Failure;
  Failure.Why = UnitFailure::Kind::Missing;
  Failure.File = File;
  Failure.Help = "compile its source again, with the compiler plugin of this corolint";
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer) {
    Failure.Message = "the file of facts cannot be read: " + Buffer.getError().message();
    return Failure;
  }
  auto Content = facts::readFacts((*Buffer)->getBuffer());
  if (auto *Problem = std::get_if<std::string>(&Content)) {
    Failure.Message = "the file of facts " + *Problem;
    return Failure;
  }
  auto &Unit = std::get<facts::Unit>(Content);
  bool Outside = llvm::sys::path::is_absolute(Unit.MainFile);
  if (!Outside && llvm::sys::fs::exists(Root + "/" + Unit.MainFile))
    return std::move(Unit);
  Failure.Message = "its source '" + Unit.MainFile + "' is not below the project root '" +
                    relativePath(Root, currentDirectory()) + "'";
  Failure.Help = "--root, and the plugin's argument 'root', name the project's root";
  return Failure;
}

EngineOutput Engine::link(const std::vector<std::string> &FactsFiles,
                          const EngineOptions &Options) {
  EngineOutput Output;
  Output.Found.Totals.Units = static_cast<unsigned>(FactsFiles.size());
  // The same program whatever the order of the names.
  std::multimap<std::string, facts::Unit> Units;
  for (const std::string &File : FactsFiles) {
    auto Loaded = loadFacts(File, Options.Root);
    if (auto *Failure = std::get_if<UnitFailure>(&Loaded))
      Output.Found.Failures.push_back(std::move(*Failure));
    else
      Units.emplace(std::get<facts::Unit>(Loaded).MainFile,
                    std::move(std::get<facts::Unit>(Loaded)));
  }
  Linker Linked(*this, Options);
  while (!Units.empty()) {
    facts::Unit Unit = std::move(Units.extract(Units.begin()).mapped());
    auto Config = configuration(realPath(Unit.MainFile, Options.Root));
    config::addMistakes(Output.Mistakes, Config->Mistakes);
    std::set<std::string> Checks = Config->unitOptions().Checks;
    // The plugin has run them all; what run() would not ask does not count here.
    Linked.add(std::move(Unit), checksToRun(Checks));
    Output.Checks.merge(std::move(Checks));
  }
  Linked.finish(Output);
  Kept->Program = Linked.takeProgram();
  Kept->Summary = Linked.takeSummary();
  return Output;
}

llvm::Error Engine::writeSummary(const std::string &File, const std::string &Root) {
  std::string Folder = llvm::sys::path::parent_path(realPath(File)).str();
  std::string Content = facts::fileOf(Kept->Summary.take(relativePath(Root, Folder)));
  return llvm::writeToOutput(File, [&](llvm::raw_ostream &Out) -> llvm::Error {
    Out << Content;
    return llvm::Error::success();
  });
}

Questions Engine::questions() const { return Questions(Kept->Program, Kept->Library); }

} // namespace corolint::tool
