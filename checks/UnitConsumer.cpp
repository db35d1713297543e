// UnitConsumer.cpp - the analysis as a part of a compilation
//
// Apart from the rest: modules of other programs do not link it, and so do not ask
// them for what it derives from, which another Clang may lack.
#include "checks/Pipeline.h"

#include "checks/extract/CommentedFiles.h"
#include "checks/extract/LeftOutCode.h"
#include "checks/extract/Sources.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace corolint {

namespace {

class UnitConsumer : public ASTConsumer {
public:
  UnitConsumer(CompilerInstance &Compiler, const UnitOptions &Options, facts::Unit &Out)
      : Options(Options), Out(Out) {
    Compiler.getPreprocessor().addPPCallbacks(std::make_unique<LeftOutCode>(LeftOut));
  }

  bool shouldSkipFunctionBody(Decl *Declared) override { return isBodySkippable(*Declared); }

  void HandleTranslationUnit(ASTContext &Context) override {
    Out = analyzeUnit(Context, Options);
    Sources Text(Context, Options.Root);
    Out.Commented = listCommentedFiles(Context, Text, LeftOut);
  }

private:
  const UnitOptions &Options;
  facts::Unit &Out;
  std::vector<SourceRange> LeftOut;
};

} // namespace

std::unique_ptr<ASTConsumer> makeUnitConsumer(CompilerInstance &Compiler,
                                              const UnitOptions &Options, facts::Unit &Out) {
  Compiler.getFrontendOpts().SkipFunctionBodies = true;
  return std::make_unique<UnitConsumer>(Compiler, Options, Out);
}

} // namespace corolint
