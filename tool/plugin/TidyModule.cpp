// TidyModule.cpp - the checks as a module of clang-tidy
#include "tool/plugin/FindingDiagnostics.h"
#include "tool/plugin/UnitFindings.h"

#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#if LLVM_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif
#include "clang/AST/ASTContext.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace corolint {

namespace {

/// True when \p Checks, clang-tidy's list of patterns, names \p Id itself.
bool isNamed(StringRef Checks, StringRef Id) {
  SmallVector<StringRef, 8> Patterns;
  Checks.split(Patterns, ',');
  return llvm::any_of(Patterns, [&](StringRef One) { return One.trim() == Id; });
}

/// One check, as clang-tidy sees it: shows what the shared analysis found. Of the
/// checks that clang-tidy runs, those are on that the project's configuration
/// switches on; what its CheckOptions say wins.
class TidyCheck : public tidy::ClangTidyCheck {
public:
  TidyCheck(StringRef Name, tidy::ClangTidyContext *Context, const RegisteredCheck &Of)
      : ClangTidyCheck(Name, Context), Tidy(*Context), Of(Of), Unit(UnitFindings::of(*Context)) {
    Asked.Named = isNamed(Context->getOptions().Checks.value_or(""), Of.Info.Id);
    if (auto Given = Options.getLocalOrGlobal("Strict"))
      Asked.Strict = isTrue(*Given);
    for (const Option &One : Of.Object->options())
      if (auto Given = Options.get(One.Name))
        Asked.Options[One.Name] = Given->str();
    Unit->want(Of.Info.Id, Asked);
  }

  void storeOptions(tidy::ClangTidyOptions::OptionMap &Map) override {
    Options.store(Map, "Strict", StringRef(Asked.Strict.value_or(false) ? "true" : "false"));
    for (const Option &One : Of.Object->options()) {
      auto Given = Asked.Options.find(One.Name);
      Options.store(Map, One.Name,
                    Given == Asked.Options.end() ? StringRef(One.Default)
                                                 : StringRef(Given->second));
    }
  }

  bool isLanguageVersionSupported(const LangOptions &Language) const override {
    return Language.CPlusPlus20;
  }

  void registerPPCallbacks(const SourceManager &, Preprocessor *PP, Preprocessor *) override {
    Unit->listenTo(PP->getDiagnostics());
  }

  /// Only what has a matcher is told of the end of the unit. One check finds the
  /// AST by any declaration: clangd traverses those of the main file and no more,
  /// so that the translation unit itself does not match.
  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    using namespace ast_matchers;
    Finder->addMatcher(translationUnitDecl().bind("unit"), this);
    if (Unit->needsAst())
      Finder->addMatcher(decl().bind("any"), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    Unit->setAst(*Result.Context);
  }

  void onEndOfTranslationUnit() override {
    if (!Unit->ast())
      return;
    SourceManager &Sources = Unit->ast()->getSourceManager();
    const std::vector<facts::Finding> &Findings = Unit->findings();
    FindingDiagnostics Diagnostics(Sources, /*Root=*/""); // their names are absolute
    for (const facts::Finding &One : Findings)
      if (One.Check == Of.Info.Id && !One.Suppressed)
        show(One, Diagnostics);
    for (const facts::ParseError &One : Unit->takeMistakes())
      show(One, Sources);
  }

private:
  bool isTrue(StringRef Strict) {
    if (Strict != "true" && Strict != "false")
      configurationDiag("the option 'Strict' is 'true' or 'false', and not '%0'") << Strict;
    return Strict == "true";
  }

  /// A mistake stands in a file that the unit does not include. It is added as if
  /// the main file did: clangd shows nothing else.
  void show(const facts::ParseError &Mistake, SourceManager &Sources) {
    SourceLocation Main = Sources.getLocForStartOfFile(Sources.getMainFileID());
    SourceLocation At;
    FileManager &Files = Sources.getFileManager();
    if (OptionalFileEntryRef File = Files.getOptionalFileRef(Mistake.Where.File))
      At = Sources.translateLineCol(Sources.createFileID(*File, Main, SrcMgr::C_User),
                                    Mistake.Where.Line, Mistake.Where.Column);
    if (At.isValid())
      Tidy.diag("coro-configuration", At, "%0", DiagnosticIDs::Error) << Mistake.Message;
    else
      Tidy.diag("coro-configuration", Main, "%0: %1", DiagnosticIDs::Error)
          << Mistake.Where.File << Mistake.Message;
  }

  void show(const facts::Finding &One, const FindingDiagnostics &Diagnostics) {
    Diagnostics.show(One, [&](SourceLocation At, StringRef Text, bool IsNote) {
      return diag(At, "%0", IsNote ? DiagnosticIDs::Note : DiagnosticIDs::Warning) << Text;
    });
  }

  tidy::ClangTidyContext &Tidy;
  const RegisteredCheck &Of;
  std::shared_ptr<UnitFindings> Unit;
  Wish Asked;
};

class Module : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    for (const RegisteredCheck &One : allChecks()) {
      if (StringRef(One.Info.Family) == "suppression")
        continue; // one unit alone does not know
      Factories.registerCheckFactory(One.Info.Id,
                                     [&One](StringRef Name, tidy::ClangTidyContext *Context) {
                                       return std::make_unique<TidyCheck>(Name, Context, One);
                                     });
    }
  }
};

tidy::ClangTidyModuleRegistry::Add<Module> Registered("corolint", "C++20 coroutine misuse");

} // namespace

} // namespace corolint
