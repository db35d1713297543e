// Pipeline.cpp - compile and link: what every door calls
#include "checks/Pipeline.h"

#include "checks/color/ParameterUses.h"
#include "checks/color/Solver.h"
#include "checks/extract/Analysis.h"
#include "checks/model/ShippedModels.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"

using namespace clang;

namespace corolint {

namespace {

class UnitConsumer : public ASTConsumer {
public:
  UnitConsumer(CompilerInstance &Compiler, const UnitOptions &Options,
               facts::Unit &Out)
      : Sources(Compiler.getSourceManager()), Options(Options), Out(Out) {}

  /// System headers are known by models: their bodies cost most of a parse.
  /// Clang keeps those that it needs itself (constexpr, deduced return types).
  /// An awaiter that is always ready is known by its body.
  bool shouldSkipFunctionBody(Decl *Declared) override {
    const FunctionDecl *Function = Declared->getAsFunction();
    const IdentifierInfo *Name = Function ? Function->getIdentifier() : nullptr;
    return Sources.isInSystemHeader(Declared->getLocation()) &&
           !(Name && Name->isStr("await_ready"));
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    Out = analyzeUnit(Context, Options);
  }

private:
  const SourceManager &Sources;
  const UnitOptions &Options;
  facts::Unit &Out;
};

} // namespace

std::unique_ptr<ASTConsumer> makeUnitConsumer(CompilerInstance &Compiler,
                                              const UnitOptions &Options,
                                              facts::Unit &Out) {
  Compiler.getFrontendOpts().SkipFunctionBodies = true;
  return std::make_unique<UnitConsumer>(Compiler, Options, Out);
}

/// Sorts, and merges what several instantiations of a template say alike.
static void normalize(std::vector<facts::Finding> &Findings) {
  auto Key = [](const facts::Finding &One) {
    return std::tie(One.Where, One.Check, One.Message);
  };
  llvm::stable_sort(Findings, [&](const facts::Finding &A, const facts::Finding &B) {
    return Key(A) < Key(B);
  });
  Findings.erase(llvm::unique(Findings,
                              [&](const facts::Finding &A, const facts::Finding &B) {
                                return Key(A) == Key(B);
                              }),
                 Findings.end());
}

facts::Unit analyzeUnit(ASTContext &Context, const UnitOptions &Options) {
  static const OptionValues Defaults;
  auto ForEachCheck = [&](auto Do) {
    for (const RegisteredCheck &One : allChecks()) {
      if (!Options.Checks.contains(One.Info.Id))
        continue;
      auto Values = Options.CheckOptions.find(One.Info.Id);
      Do(*One.Object, Values == Options.CheckOptions.end() ? Defaults : Values->second);
    }
  };
  model::ShippedModels Shipped = model::readShippedModels(*Options.Models, Context);
  Analysis Whole(Context, Shipped.All ? *Shipped.All : *Options.Models, Options.Root, Options.Errors);
  std::vector<facts::Finding> Findings;
  Whole.run([&](const FunctionBody &Body) {
    ForEachCheck([&](const Check &One, const OptionValues &Values) {
      One.checkFunction(Whole, Body, Values, Findings);
    });
  });
  ForEachCheck([&](const Check &One, const OptionValues &Values) {
    One.checkUnit(Whole, Values, Findings);
  });
  normalize(Findings);
  facts::Unit Out = Whole.unit();
  for (facts::Finding &One : Findings)
    (One.OnlyIf.empty() ? Out.Findings : Out.Pending).push_back(std::move(One));
  for (model::ShippedModels::Mistake &One : Shipped.Mistakes)
    Out.Errors.push_back({Whole.sources().place(One.Where), std::move(One.Message)});
  return Out;
}

std::vector<facts::Finding> analyzeProgram(const color::Graph &Program,
                                           const std::set<std::string> &Checks) {
  std::vector<facts::Finding> Out;
  std::vector<color::Violation> Found = color::solve(Program);
  for (const RegisteredCheck &One : allChecks())
    if (Checks.contains(One.Info.Id))
      for (const color::Violation &Violation : Found)
        if (std::optional<facts::Finding> Word = One.Object->checkProgram(Violation))
          Out.push_back(std::move(*Word));
  for (facts::Finding One : Program.pending()) {
    bool Stands = llvm::all_of(One.OnlyIf, [&](const facts::Condition &Test) {
      return color::holds(Program, Test);
    });
    One.OnlyIf.clear();
    if (Stands)
      Out.push_back(std::move(One));
  }
  normalize(Out);
  return Out;
}

} // namespace corolint
