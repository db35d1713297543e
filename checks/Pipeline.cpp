// Pipeline.cpp - compile and link: what every door calls
#include "checks/Pipeline.h"

#include "checks/Suppressions.h"
#include "checks/color/ParameterUses.h"
#include "checks/color/Solver.h"
#include "checks/extract/Analysis.h"
#include "checks/extract/Instances.h"
#include "checks/model/ShippedModels.h"

#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// System headers are known by models: their bodies cost most of a parse.
/// Clang keeps those that it needs itself (constexpr, deduced return types).
/// An awaiter that is always ready is known by its body.
bool isBodySkippable(const Decl &Declared) {
  const FunctionDecl *Function = Declared.getAsFunction();
  const IdentifierInfo *Name = Function ? Function->getIdentifier() : nullptr;
  const SourceManager &Sources = Declared.getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Declared.getLocation()) && !(Name && Name->isStr("await_ready"));
}

/// A finding with the definition that it is in, or null when the unit has it.
struct Found {
  facts::Finding What;
  const FunctionDecl *In = nullptr;
};

static auto identity(const facts::Finding &One) {
  return std::tie(One.Where, One.Check, One.Message);
}

/// By identity; of those that say the same first what needs least, then the surest.
static bool standsBefore(const facts::Finding &A, const facts::Finding &B) {
  return std::tuple(identity(A), A.OnlyIf.size(), A.OnlyIf, B.Sure) <
         std::tuple(identity(B), B.OnlyIf.size(), B.OnlyIf, A.Sure);
}

/// True when \p Next says nothing that \p One has not said.
static bool repeats(const facts::Finding &Next, const facts::Finding &One) {
  return identity(Next) == identity(One) && (One.OnlyIf.empty() || Next.OnlyIf == One.OnlyIf);
}

/// Sorts, and merges what several instantiations of a template say alike.
static std::vector<facts::Finding> merged(std::vector<Found> All, const Instances &Templates,
                                          const Analysis &Whole) {
  llvm::stable_sort(All,
                    [](const Found &A, const Found &B) { return standsBefore(A.What, B.What); });
  std::vector<facts::Finding> Out;
  for (auto First = All.begin(); First != All.end();) {
    auto Last = std::find_if(First, All.end(),
                             [&](const Found &One) { return !repeats(One.What, First->What); });
    llvm::SmallVector<const FunctionDecl *, 4> Having;
    for (auto One = First; One != Last; ++One)
      if (One->In)
        Having.push_back(One->In);
    std::string Which = Templates.describe(Having);
    Out.push_back(std::move(First->What));
    if (!Which.empty())
      Out.back().Chain.push_back(Whole.note(Having.front()->getLocation(), std::move(Which)));
    First = Last;
  }
  return Out;
}

/// Sorts, and merges what several units say alike.
static void normalize(std::vector<facts::Finding> &Findings) {
  llvm::stable_sort(Findings, standsBefore);
  Findings.erase(llvm::unique(Findings, [](const facts::Finding &A,
                                           const facts::Finding &B) { return repeats(B, A); }),
                 Findings.end());
}

/// Ids hold the absolute names of files, since what makes them does not know the
/// project: from here on they are named from its root.
static void shortenIds(facts::Unit &Unit, std::string Root) {
  if (Root.empty())
    return;
  if (Root.back() != '/')
    Root += '/';
  Root.insert(Root.begin(), '@');
  auto Shorten = [&](std::string &Id) {
    for (std::size_t At = Id.find(Root); At != std::string::npos; At = Id.find(Root, At))
      Id.erase(++At, Root.size() - 1);
  };
  for (facts::Function &Function : Unit.Functions) {
    Shorten(Function.Id);
    llvm::for_each(Function.Overrides, Shorten);
    for (facts::Call &Call : Function.Calls) {
      Shorten(Call.Callee);
      for (facts::Callable &Passed : Call.Callables)
        llvm::for_each(Passed.Targets, Shorten);
    }
    for (facts::ParameterUse &Use : Function.Parameters)
      for (facts::Forward &Next : Use.To)
        Shorten(Next.Callee);
  }
  for (facts::AddressTaken &Taken : Unit.AddressesTaken)
    Shorten(Taken.Id);
  for (facts::Finding &Waiting : Unit.Pending)
    for (facts::Condition &Test : Waiting.OnlyIf)
      Shorten(Test.Function);
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
  Analysis Whole(Context, Shipped.All ? *Shipped.All : *Options.Models, Options.Root,
                 Options.Errors);
  std::vector<Found> All;
  Instances Templates;
  auto Take = [&](std::vector<facts::Finding> Findings, const FunctionDecl *In) {
    for (facts::Finding &One : Findings)
      All.push_back({std::move(One), In});
  };
  Whole.run([&](const FunctionBody &Body) {
    Templates.add(Body.function());
    std::vector<facts::Finding> Here;
    ForEachCheck([&](const Check &One, const OptionValues &Values) {
      One.checkFunction(Whole, Body, Values, Here);
    });
    Take(std::move(Here), &Body.function());
  });
  std::vector<facts::Finding> OfUnit;
  ForEachCheck(
      [&](const Check &One, const OptionValues &Values) { One.checkUnit(Whole, Values, OfUnit); });
  Take(std::move(OfUnit), nullptr);
  std::vector<facts::Finding> Findings = merged(std::move(All), Templates, Whole);
  facts::Unit Out = Whole.unit();
  for (facts::Finding &One : Findings)
    (One.OnlyIf.empty() ? Out.Findings : Out.Pending).push_back(std::move(One));
  shortenIds(Out, Options.Root);
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
      return color::holds(Program, Test, One.Where.File);
    });
    One.OnlyIf.clear();
    if (Stands)
      Out.push_back(std::move(One));
  }
  normalize(Out);
  return Out;
}

std::vector<facts::Finding> analyzeInProgram(const facts::Unit &Unit, const facts::Summary *Linked,
                                             const std::set<std::string> &Checks) {
  color::Graph Program;
  Program.add(Unit);
  if (!Linked)
    return analyzeProgram(Program, Checks);
  Program.add(*Linked, Unit);
  std::set<facts::Place> Here;
  auto Note = [&](const facts::Location &Where) {
    Here.insert({Where.Line ? Unit.Files[Where.File] : "", Where.Line, Where.Column, Where.EndLine,
                 Where.EndColumn});
  };
  for (const facts::Function &Function : Unit.Functions) {
    Note(Function.Where);
    for (const facts::Call &Call : Function.Calls)
      Note(Call.Where);
  }
  for (const facts::Finding &One : Unit.Pending)
    Here.insert(One.Where);
  std::vector<facts::Finding> Out = analyzeProgram(Program, Checks);
  llvm::erase_if(Out, [&](const facts::Finding &One) { return !Here.contains(One.Where); });
  return Out;
}

std::vector<facts::Finding> analyzeSuppressions(const Suppressions &Comments,
                                                const std::set<std::string> &Checks) {
  std::vector<facts::Finding> Out;
  for (const Suppression &Comment : Comments.list())
    for (const RegisteredCheck &One : allChecks()) {
      if (!Checks.contains(One.Info.Id))
        continue;
      if (std::optional<facts::Finding> Word = One.Object->checkSuppression(Comment)) {
        Word->Suppressed = Comments.isSuppressed(*Word);
        Out.push_back(std::move(*Word));
      }
    }
  normalize(Out);
  return Out;
}

} // namespace corolint
