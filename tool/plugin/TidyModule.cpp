// TidyModule.cpp - the checks as a module of clang-tidy
#include "checks/Pipeline.h"

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

using namespace clang;

namespace corolint {

namespace {

/// The analysis of the unit at hand. Every check of the unit asks for it; it is
/// made once and dropped at the end of the unit.
class SharedFindings {
public:
  const std::vector<facts::Finding> &of(ASTContext &Context) {
    if (!Made) {
      UnitOptions Options;
      for (const auto &[Id, Values] : CheckOptions)
        Options.Checks.insert(Id); // those that are switched on
      Options.CheckOptions = CheckOptions;
      facts::Unit Unit = analyzeUnit(Context, Options);
      Errors = std::move(Unit.Errors);
      Findings = std::move(Unit.Findings);
      color::Graph Program;
      Program.add(Unit);
      for (facts::Finding &One : analyzeProgram(Program, Options.Checks))
        Findings.push_back(std::move(One));
      Made = true;
    }
    return Findings;
  }
  /// What is wrong with models that libraries ship; given once, after of().
  std::vector<facts::ParseError> takeErrors() { return std::exchange(Errors, {}); }

  void drop() {
    Findings.clear();
    Made = false;
  }

  std::map<std::string, OptionValues> CheckOptions;

private:
  bool Made = false;
  std::vector<facts::Finding> Findings;
  std::vector<facts::ParseError> Errors;
};

SharedFindings &shared() {
  static SharedFindings One;
  return One;
}

/// True when \p Checks, clang-tidy's list of patterns, names \p Id itself.
bool isNamed(StringRef Checks, StringRef Id) {
  SmallVector<StringRef, 8> Patterns;
  Checks.split(Patterns, ',');
  return llvm::any_of(Patterns, [&](StringRef One) { return One.trim() == Id; });
}

/// One check, as clang-tidy sees it: shows what the shared analysis found. As on
/// the command line, `coro-*` means the default tier, with Strict the medium one.
class TidyCheck : public tidy::ClangTidyCheck {
public:
  TidyCheck(StringRef Name, tidy::ClangTidyContext *Context,
            const RegisteredCheck &Of)
      : ClangTidyCheck(Name, Context), Tidy(*Context), Of(Of),
        Strict(Options.getLocalOrGlobal("Strict").value_or("false") == "true"),
        Wanted(Of.Info.DefaultTier >= (Strict ? Tier::Medium : Tier::High) ||
               isNamed(Context->getOptions().Checks.value_or(""), Of.Info.Id)) {
    for (const Option &One : Of.Object->options())
      Values[One.Name] = Options.get(One.Name, One.Default).str();
    if (Wanted)
      shared().CheckOptions[Of.Info.Id] = Values;
  }

  void storeOptions(tidy::ClangTidyOptions::OptionMap &Map) override {
    Options.store(Map, "Strict", StringRef(Strict ? "true" : "false"));
    for (const auto &[Name, Value] : Values)
      Options.store(Map, Name, StringRef(Value));
  }

  bool isLanguageVersionSupported(const LangOptions &Language) const override {
    return Language.CPlusPlus20;
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    if (Wanted)
      Finder->addMatcher(ast_matchers::translationUnitDecl().bind("unit"), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    facts::Confidence Least =
        Strict ? facts::Confidence::Medium : facts::Confidence::High;
    for (const facts::Finding &One : shared().of(*Result.Context))
      if (One.Check == Of.Info.Id && One.Sure >= Least)
        show(One, *Result.SourceManager);
    for (const facts::ParseError &One : shared().takeErrors())
      Tidy.diag("coro-model", locate(One.Where, *Result.SourceManager), "%0",
                DiagnosticIDs::Error)
          << One.Message;
  }

  void onEndOfTranslationUnit() override { shared().drop(); }

private:
  static SourceLocation locate(const facts::Place &Where, SourceManager &Sources) {
    OptionalFileEntryRef File =
        Sources.getFileManager().getOptionalFileRef(Where.File);
    if (!File)
      return Sources.getLocForStartOfFile(Sources.getMainFileID());
    return Sources.translateFileLineCol(*File, Where.Line, Where.Column);
  }

  static FixItHint hint(const facts::Edit &Edit, SourceManager &Sources) {
    OptionalFileEntryRef File = Sources.getFileManager().getOptionalFileRef(Edit.File);
    FileID Id = File ? Sources.translateFile(*File) : FileID();
    if (Id.isInvalid())
      return {};
    SourceLocation Begin = Sources.getComposedLoc(Id, Edit.Offset);
    if (Edit.Length == 0)
      return FixItHint::CreateInsertion(Begin, Edit.Text);
    SourceLocation End = Begin.getLocWithOffset(Edit.Length);
    return FixItHint::CreateReplacement(CharSourceRange::getCharRange(Begin, End),
                                        Edit.Text);
  }

  void show(const facts::Finding &One, SourceManager &Sources) {
    SourceLocation At = locate(One.Where, Sources);
    {
      DiagnosticBuilder Warning = diag(At, "%0") << One.Message;
      for (const facts::Fix &Fix : One.Fixes)
        if (Fix.Safe)
          for (const facts::Edit &Edit : Fix.Edits)
            Warning << hint(Edit, Sources);
    }
    for (const facts::Note &Note : One.Chain)
      diag(locate(Note.Where, Sources), "%0", DiagnosticIDs::Note) << Note.Message;
    if (!One.Help.empty())
      diag(At, "help: %0", DiagnosticIDs::Note) << One.Help;
  }

  tidy::ClangTidyContext &Tidy;
  const RegisteredCheck &Of;
  const bool Strict, Wanted;
  OptionValues Values;
};

class Module : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    for (const RegisteredCheck &One : allChecks())
      Factories.registerCheckFactory(
          One.Info.Id, [&One](StringRef Name, tidy::ClangTidyContext *Context) {
            return std::make_unique<TidyCheck>(Name, Context, One);
          });
  }
};

tidy::ClangTidyModuleRegistry::Add<Module> Registered("corolint",
                                                      "C++20 coroutine misuse");

} // namespace

} // namespace corolint
