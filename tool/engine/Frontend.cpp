// Frontend.cpp - drives Clang over one unit

#include "tool/engine/Frontend.h"

#include "tool/base/Path.h"
#include "tool/engine/Compiler.h"
#include "tool/project/Flags.h"

#include "clang/Basic/Stack.h"
#include "clang/Driver/ToolChain.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace path = llvm::sys::path;

namespace corolint::tool {

namespace {

/// A unit with more errors than these is counted as having these.
constexpr std::size_t MostErrors = 1000;

/// Keeps errors and prints nothing.
class ErrorCollector : public clang::DiagnosticConsumer {
public:
  ErrorCollector(const CompileCommand &Unit, const std::string &ProjectRoot,
                 std::vector<facts::ParseError> &Out)
      : Command(Unit), Root(ProjectRoot), Errors(Out) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < clang::DiagnosticsEngine::Error || Errors.size() >= MostErrors)
      return;
    facts::ParseError Error;
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    Error.Message = Text.str().str();
    if (Info.hasSourceManager() && Info.getLocation().isValid())
      Error.Where = place(Info.getSourceManager(), Info.getLocation());
    Errors.push_back(std::move(Error));
  }

private:
  facts::Place place(const clang::SourceManager &Sources, clang::SourceLocation Where) const {
    facts::Place Result;
    clang::FullSourceLoc Full(Sources.getExpansionLoc(Where), Sources);
    auto File = Full.getFileEntryRef();
    if (!File)
      return Result;
    std::string Name = realPath(File->getName(), Command.Directory);
    Result.File = isInside(Name, Root) ? relativePath(Name, Root) : Name;
    Result.Line = Result.EndLine = Full.getSpellingLineNumber();
    Result.Column = Full.getSpellingColumnNumber();
    Result.EndColumn = Result.Column + 1;
    return Result;
  }

  const CompileCommand &Command;
  const std::string &Root;
  std::vector<facts::ParseError> &Errors;
};

class UnitAction : public clang::ASTFrontendAction {
public:
  UnitAction(const UnitOptions &With, facts::Unit &Into) : Options(With), Out(Into) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler,
                                                        llvm::StringRef) override {
    return makeUnitConsumer(Compiler, Options, Out);
  }

private:
  const UnitOptions &Options;
  facts::Unit &Out;
};

/// The driver searches headers from its own place: that of the command's
/// compiler when it is a Clang, of the LLVM we are built with otherwise.
std::string driverPath(const CompileCommand &Command) {
  const std::string &Name = Command.Arguments.front();
  if (path::filename(Name).contains("clang")) {
    std::string Found;
    if (path::has_parent_path(Name))
      Found = realPath(Name, Command.Directory);
    else if (auto Program = llvm::sys::findProgramByName(Name))
      Found = realPath(*Program);
    if (!Found.empty() && llvm::sys::fs::exists(Found))
      return Found;
  }
  return COROLINT_LLVM_TOOLS_DIR "/clang++";
}

/// The whole command line, or the error that makes it unusable.
llvm::Expected<std::vector<std::string>> driverArguments(const CompileCommand &Command) {
  auto Flags = analysisFlags(Command);
  if (!Flags)
    return Flags.takeError();
  // A compiler called aarch64-linux-gnu-g++ means a target and a mode.
  llvm::InitializeAllTargetInfos();
  auto Name = clang::driver::ToolChain::getTargetAndModeFromProgramName(
      path::filename(Command.Arguments.front()));
  std::vector<std::string> Result{driverPath(Command)};
  if (Name.DriverMode)
    Result.push_back(Name.DriverMode);
  if (Name.TargetIsValid)
    Result.push_back("--target=" + Name.TargetPrefix);
  Result.insert(Result.end(), Flags->Kept.begin(), Flags->Kept.end());
  for (const char *Fixed :
       {"-fsyntax-only", "-w", "-ferror-limit=0", "-resource-dir=" COROLINT_CLANG_RESOURCE_DIR})
    Result.push_back(Fixed);
  // As C++ it would be another program: its functions would not be C functions.
  if (Flags->NotCxx && llvm::StringRef(Command.File).ends_with(".c"))
    Result.insert(Result.end(), {"-x", "c"});
  Result.push_back(Command.File);
  return Result;
}

/// Which standard library was searched, when <coroutine> is not in it.
void explainMissingCoroutine(const clang::HeaderSearchOptions &Search,
                             std::vector<facts::ParseError> &Errors) {
  if (Errors.empty() || !llvm::StringRef(Errors.front().Message).starts_with("'coroutine' file"))
    return;
  for (const auto &Entry : Search.UserEntries)
    if (llvm::StringRef(Entry.Path).contains("c++")) {
      Errors.front().Message += " in the standard library at " + realPath(Entry.Path);
      return;
    }
}

facts::ParseError commandError(std::string Message) {
  facts::ParseError Result;
  Result.Message = std::move(Message);
  return Result;
}

} // namespace

facts::Unit extractUnit(const CompileCommand &Command, const UnitOptions &Options) {
  clang::noteBottomOfStack();
  facts::Unit Result;
  std::vector<facts::ParseError> Errors;
  auto Arguments = driverArguments(Command);
  if (!Arguments) {
    Result.Errors.push_back(commandError(llvm::toString(Arguments.takeError())));
    return Result;
  }
  // Its own working directory: the process keeps the one it has.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = llvm::vfs::createPhysicalFileSystem();
  if (auto Problem = Files->setCurrentWorkingDirectory(Command.Directory)) {
    Result.Errors.push_back(commandError("cannot enter the directory '" + Command.Directory +
                                         "': " + Problem.message()));
    return Result;
  }
  ErrorCollector Collector(Command, Options.Root, Errors);
  std::unique_ptr<clang::CompilerInstance> Compiler = makeCompiler(*Arguments, Files, Collector);
  if (!Compiler) {
    if (Errors.empty())
      Errors.push_back(commandError("Clang cannot use the compile command"));
    Result.Errors = std::move(Errors);
    return Result;
  }
  // After a fatal error (a missing header) Clang would stop instantiating.
  Compiler->getDiagnostics().setFatalsAsError(true);
  UnitOptions Informed = Options;
  Informed.Errors = &Errors;
  UnitAction Action(Informed, Result);
  Compiler->ExecuteAction(Action);
  explainMissingCoroutine(Compiler->getHeaderSearchOpts(), Errors);
  Result.Errors.insert(Result.Errors.end(), Errors.begin(), Errors.end());
  Compiler->getDiagnostics().setClient(nullptr, false);
  // The process ends soon: destroying the AST would be wasted time.
  llvm::BuryPointer(std::move(Compiler));
  return Result;
}

} // namespace corolint::tool
