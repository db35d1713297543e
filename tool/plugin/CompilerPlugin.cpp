// CompilerPlugin.cpp - reports while compiling, and writes the unit's facts
#include "checks/config/Configurations.h"
#include "checks/config/ProjectRoot.h"
#include "checks/extract/CommentedFiles.h"
#include "checks/extract/LeftOutCode.h"
#include "checks/extract/Sources.h"
#include "checks/facts/FactsFile.h"
#include "tool/plugin/FindingDiagnostics.h"
#include "tool/plugin/LinkedSummary.h"
#include "tool/plugin/PluginArguments.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace corolint {

namespace {

/// "", when nothing is compiled, or into a file that only the driver knows.
std::string factsFileFor(const CompilerInstance &Compiler) {
  StringRef Object = Compiler.getFrontendOpts().OutputFile;
  SmallString<128> Temporary;
  llvm::sys::path::system_temp_directory(/*erasedOnReboot=*/true, Temporary);
  static const llvm::Regex OfDriver("-[0-9a-f]{6}\\.[a-z]+$");
  bool Hidden = llvm::sys::path::parent_path(Object) == Temporary && OfDriver.match(Object);
  return Object.empty() || Object == "-" || Hidden ? "" : (Object + ".corolint").str();
}

/// Analyses the unit when the compiler is done with it.
class PluginConsumer : public ASTConsumer {
public:
  PluginConsumer(CompilerInstance &Compiler, PluginArguments Given)
      : Compiler(Compiler), Given(std::move(Given)),
        FactsFile(this->Given.Facts.empty() ? factsFileFor(Compiler) : this->Given.Facts) {
    // What another run left says nothing of this one, which may not finish.
    if (!FactsFile.empty())
      llvm::sys::fs::remove(FactsFile);
    Compiler.getPreprocessor().addPPCallbacks(std::make_unique<LeftOutCode>(LeftOut));
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    DiagnosticsEngine &Engine = Compiler.getDiagnostics();
    if (Engine.hasErrorOccurred())
      return;
    std::string Main = mainFile(Context.getSourceManager());
    Root =
        Given.Root.empty() ? config::projectRoot(llvm::sys::path::parent_path(Main)) : Given.Root;
    Shown.emplace(Context.getSourceManager(), Root);
    std::shared_ptr<const config::Configuration> Configured =
        Configurations.forFile(Main, Given.Asked);
    if (show(Configured->Mistakes))
      return;
    facts::Unit Unit = analyze(Context, *Configured);
    if (!Engine.hasErrorOccurred() && !FactsFile.empty())
      write(Unit);
  }

private:
  static std::string mainFile(const SourceManager &Sources) {
    SmallString<256> Path;
    if (OptionalFileEntryRef File = Sources.getFileEntryRefForID(Sources.getMainFileID()))
      Path = File->getName();
    llvm::sys::fs::make_absolute(Path);
    llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    return Path.str().str();
  }

  /// Reports what is wrong in the unit; its facts hold what all checks found.
  facts::Unit analyze(ASTContext &Context, const config::Configuration &Configured) {
    UnitOptions Options = Configured.unitOptions();
    Options.Root = Root;
    for (const RegisteredCheck &One : allChecks())
      Options.Checks.insert(One.Info.Id);
    std::shared_ptr<const LinkedSummary> Linked = summary(Given.Asked.Summary, Options);
    facts::Unit Unit = analyzeUnit(Context, Options);
    Sources Text(Context, Root);
    Unit.Commented = listCommentedFiles(Context, Text, LeftOut);
    for (const facts::ParseError &One : Unit.Errors)
      say(Shown->locate(One.Where), One.Message, DiagnosticIDs::Error);
    std::vector<facts::Finding> Findings = Unit.Findings;
    llvm::append_range(Findings,
                       analyzeInProgram(Unit, Linked ? &Linked->Program : nullptr, Options.Checks));
    llvm::erase_if(Findings, [](const facts::Finding &One) {
      return One.Suppressed || llvm::sys::path::is_absolute(One.Where.File);
    });
    if (show(Configurations.keepShown(Findings, Root, Given.Asked)))
      return Unit;
    llvm::stable_sort(Findings, [](const facts::Finding &A, const facts::Finding &B) {
      return std::tie(A.Where, A.Check) < std::tie(B.Where, B.Check);
    });
    for (const facts::Finding &One : Findings)
      show(One);
    return Unit;
  }

  /// The summary that an argument names. Its project's root becomes the unit's.
  std::shared_ptr<const LinkedSummary> summary(const std::string &File, UnitOptions &Options) {
    if (File.empty())
      return nullptr;
    auto Linked = loadSummary(File);
    if (!Linked) {
      say(SourceLocation(), "corolint: " + llvm::toString(Linked.takeError()), level());
      return nullptr;
    }
    Root = Options.Root = (*Linked)->Root;
    Shown.emplace(Compiler.getSourceManager(), Root);
    return *Linked;
  }

  void show(const facts::Finding &One) {
    Shown->show(One, [&](SourceLocation At, StringRef Text, bool IsNote) {
      return say(At, IsNote ? Text.str() : (Text + " [" + One.Check + "]").str(),
                 IsNote ? DiagnosticIDs::Note : level());
    });
  }

  /// True when there are mistakes.
  bool show(const std::vector<config::Mistake> &Mistakes) {
    for (const config::Mistake &One : Mistakes) {
      SourceLocation At =
          One.Line ? Shown->locate({One.File, One.Line, One.Column, 0, 0}) : SourceLocation();
      say(At, "corolint: " + One.Message, DiagnosticIDs::Error);
    }
    return !Mistakes.empty();
  }

  DiagnosticIDs::Level level() const {
    return Given.AsErrors ? DiagnosticIDs::Error : DiagnosticIDs::Warning;
  }

  DiagnosticBuilder say(SourceLocation At, StringRef Text, DiagnosticIDs::Level Level) {
    DiagnosticsEngine &Engine = Compiler.getDiagnostics();
    return Engine.Report(At, Engine.getDiagnosticIDs()->getCustomDiagID(Level, "%0")) << Text;
  }

  void write(const facts::Unit &Unit) {
    std::string Content = facts::fileOf(Unit);
    llvm::Error Problem =
        llvm::writeToOutput(FactsFile, [&](llvm::raw_ostream &Out) -> llvm::Error {
          Out << Content;
          return llvm::Error::success();
        });
    if (Problem)
      say(SourceLocation(),
          "corolint: cannot write the facts '" + FactsFile +
              "': " + llvm::toString(std::move(Problem)),
          DiagnosticIDs::Error);
  }

  CompilerInstance &Compiler;
  const PluginArguments Given;
  const std::string FactsFile;
  config::Configurations Configurations{allChecks()};
  std::vector<SourceRange> LeftOut; ///< by conditional directives
  std::string Root;
  std::optional<FindingDiagnostics> Shown;
};

class Plugin : public PluginASTAction {
public:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler, StringRef) override {
    // Only what becomes code has findings of its own; headers are seen where
    // they are included.
    frontend::ActionKind Kind = Compiler.getFrontendOpts().ProgramAction;
    bool Compiles = Kind == frontend::EmitObj || Kind == frontend::EmitAssembly ||
                    Kind == frontend::EmitBC || Kind == frontend::EmitLLVM ||
                    Kind == frontend::ParseSyntaxOnly;
    if (!Compiles || !Compiler.getLangOpts().CPlusPlus)
      return std::make_unique<ASTConsumer>();
    return std::make_unique<PluginConsumer>(Compiler, Given);
  }

  bool ParseArgs(const CompilerInstance &Compiler, const std::vector<std::string> &Words) override {
    llvm::Expected<PluginArguments> Read = parsePluginArguments(Words);
    if (Read) {
      Given = std::move(*Read);
      return true;
    }
    DiagnosticsEngine &Engine = Compiler.getDiagnostics();
    Engine.Report(Engine.getCustomDiagID(DiagnosticsEngine::Error, "corolint: %0"))
        << llvm::toString(Read.takeError());
    return false;
  }

  ActionType getActionType() override { return AddAfterMainAction; }

private:
  PluginArguments Given;
};

FrontendPluginRegistry::Add<Plugin> Registered("corolint", "C++20 coroutine misuse");

} // namespace

} // namespace corolint
