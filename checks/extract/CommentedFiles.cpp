// CommentedFiles.cpp - looks for comments and for undecided lines
#include "checks/extract/CommentedFiles.h"

#include "checks/extract/Sources.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace corolint {

namespace {

/// Collects the code that is not analysed as it is written.
class UndecidedCode : public RecursiveASTVisitor<UndecidedCode> {
public:
  explicit UndecidedCode(ASTContext &Context) : Context(Context) {}

  std::vector<SourceRange> Found;

  bool VisitFunctionDecl(FunctionDecl *Function) {
    if (Function->isTemplated() && Function->isThisDeclarationADefinition())
      Found.push_back(Function->getSourceRange());
    return true;
  }

  bool VisitCXXRecordDecl(CXXRecordDecl *Record) {
    if (Record->isTemplated() && Record->isThisDeclarationADefinition())
      Found.push_back(Record->getSourceRange());
    return true;
  }

  /// Nobody has written an implicit instantiation, and Clang asserts that nobody
  /// looks for its written arguments.
  bool TraverseVarTemplateSpecializationDecl(VarTemplateSpecializationDecl *Variable) {
    return Variable->getTemplateSpecializationKind() == TSK_ImplicitInstantiation ||
           RecursiveASTVisitor::TraverseVarTemplateSpecializationDecl(Variable);
  }

  bool VisitLambdaExpr(LambdaExpr *Lambda) {
    if (Lambda->isGenericLambda())
      Found.push_back(Lambda->getSourceRange());
    return true;
  }

  /// One branch never runs, with the constants of this unit.
  bool VisitIfStmt(IfStmt *Test) {
    bool Value = false;
    if (const Expr *Condition = Test->getCond();
        Condition && !Condition->isValueDependent() &&
        Condition->EvaluateAsBooleanCondition(Value, Context))
      Found.push_back(Test->getSourceRange());
    return true;
  }

private:
  ASTContext &Context;
};

} // namespace

/// Ids of checks begin with "coro-"; a misspelt one may not.
static bool namesOurs(const model::NoLint &Comment) {
  return Comment.List && Comment.List->contains_insensitive("coro");
}

std::vector<facts::CommentedFile> listCommentedFiles(ASTContext &Context, Sources &Text,
                                                     llvm::ArrayRef<SourceRange> LeftOut) {
  const SourceManager &Manager = Context.getSourceManager();
  std::map<std::string, std::vector<facts::Lines>> ByName;
  for (unsigned I = 1; I != Manager.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Manager.getLocalSLocEntry(I);
    if (!Entry.isFile())
      continue;
    SourceLocation Start = SourceLocation::getFromRawEncoding(Entry.getOffset());
    FileID Id = Manager.getFileID(Start);
    if (Manager.getFileEntryRefForID(Id) && !Text.isSystem(Start) &&
        llvm::any_of(Text.comments(Id), namesOurs))
      ByName[Text.place(Start).File];
  }
  if (ByName.empty())
    return {};
  UndecidedCode Code(Context);
  for (Decl *One : Context.getTranslationUnitDecl()->decls())
    if (!Text.isSystem(One->getLocation()))
      Code.TraverseDecl(One);
  llvm::append_range(Code.Found, LeftOut);
  for (SourceRange Range : Code.Found) {
    facts::Place At = Text.place(Range);
    if (auto File = ByName.find(At.File); File != ByName.end())
      File->second.push_back({At.Line, std::max(At.Line, At.EndLine)});
  }
  std::vector<facts::CommentedFile> Result;
  for (auto &[Name, Undecided] : ByName) {
    llvm::sort(Undecided);
    Undecided.erase(llvm::unique(Undecided), Undecided.end());
    Result.push_back({Name, std::move(Undecided)});
  }
  return Result;
}

} // namespace corolint
