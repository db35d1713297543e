// TaskTests.cpp - tasks that are used as if they were their results
#include "checks/extract/TaskTests.h"

#include "checks/extract/TaskExpr.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// Finds such tasks: those made on the spot, and those in a variable that is
/// not used for anything else. A variable that is, may be asked whether it holds
/// a task.
class TaskTests {
public:
  TaskTests(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  /// What is reached from the entry, one after the other.
  void look(const Stmt &Reached);

  std::vector<TaskTest> take();

private:
  void convert(const CXXMemberCallExpr &Conversion);
  void apply(const CXXOperatorCallExpr &Operator);
  void show(const Stmt &Call);
  void add(const Expr *Value, TaskTest::How Used);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<TaskTest> Found;
  /// How often a variable is named in all.
  llvm::DenseMap<const VarDecl *, unsigned> Uses;
};

} // namespace

/// True when \p Conversion may give the result itself: `operator T()` of a
/// template over T, or one that changes its object.
static bool givesResult(const CXXConversionDecl &Conversion) {
  if (!Conversion.isConst())
    return true;
  const FunctionDecl *Pattern = Conversion.getTemplateInstantiationPattern();
  const auto *Written = dyn_cast_or_null<CXXConversionDecl>(
      Pattern ? Pattern : Conversion.getInstantiatedFromMemberFunction());
  return Written && Written->getConversionType()->isDependentType();
}

/// True when \p Parameter can only look at a task that it is given: a reference
/// to const, and no second task can be made of the first.
static bool onlyLooks(const ParmVarDecl &Parameter) {
  QualType Type = Parameter.getType();
  if (!Type->isLValueReferenceType() || !Type->getPointeeType().isConstQualified())
    return false;
  const CXXRecordDecl *Record = Type->getPointeeCXXRecordDecl();
  if (!Record || !Record->hasDefinition() ||
      (Record->needsImplicitCopyConstructor() && !Record->defaultedCopyConstructorIsDeleted()))
    return false;
  return llvm::none_of(Record->ctors(), [](const CXXConstructorDecl *One) {
    return One->isCopyConstructor() && !One->isDeleted();
  });
}

/// Taking a task out of a variable, as std::exchange does, makes none.
static bool isTakenOut(const Expr &Made) {
  const auto *Call = dyn_cast<CallExpr>(&Made);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && isStandard(*Callee) && !isa<CXXOperatorCallExpr>(Call);
}

void TaskTests::add(const Expr *Value, TaskTest::How Used) {
  const Expr *Made = madeBy(Value);
  if (Made && isTakenOut(*Made))
    return;
  const auto *Variable = Made ? nullptr : dyn_cast_or_null<VarDecl>(namedValue(Value));
  if (Variable) {
    const Expr *Init = Variable->isLocalVarDecl() ? Variable->getInit() : nullptr;
    if (!Init || Variable->isStaticLocal() || !madeBy(Init))
      return;
  }
  if (!Made && !Variable)
    return;
  std::optional<TaskType> Task = Colors.task(strip(Value)->getType());
  bool Tests = Used != TaskTest::How::Shown;
  if (!Task || (Task->Rule.BoolOk && Tests))
    return;
  const Expr *Subject = Made ? Made : strip(Value);
  Found.push_back({Subject, Variable, *Task, Used, Made && canAwait(Made, Body, Models)});
}

void TaskTests::convert(const CXXMemberCallExpr &Conversion) {
  const auto *Method = dyn_cast_or_null<CXXConversionDecl>(Conversion.getMethodDecl());
  if (!Method || givesResult(*Method))
    return;
  QualType To = Method->getConversionType().getNonReferenceType();
  if (!To->isBooleanType() && !To->isPointerType())
    return;
  const Stmt *Parent = Body.parent(&Conversion);
  while (isa_and_nonnull<ImplicitCastExpr, ParenExpr, ExprWithCleanups>(Parent))
    Parent = Body.parent(Parent);
  const auto *Binary = dyn_cast_or_null<BinaryOperator>(Parent);
  TaskTest::How Used = TaskTest::How::Tested;
  if (Binary && Binary->isComparisonOp())
    Used = TaskTest::How::Compared;
  else if (Binary && (Binary->isAdditiveOp() || Binary->isMultiplicativeOp()))
    Used = TaskTest::How::Converted;
  add(Conversion.getImplicitObjectArgument(), Used);
}

/// True for what \p Value may be compared with: another handle, or nothing.
static bool isHandle(const Expr *Other, const Expr *Value) {
  return Other && (isSameClass(Value->getType(), Other->getType()) ||
                   strip(Other)->getType()->isNullPtrType());
}

/// `(decompose <= start()) == held`: frameworks of tests take conditions apart.
/// What the result of \p Operator is compared with, or null.
static const Expr *comparedLater(const CXXOperatorCallExpr &Operator, const FunctionBody &Body) {
  if (!Operator.getType()->isRecordType())
    return nullptr;
  const Stmt *Around = Body.parent(&Operator);
  while (
      isa_and_nonnull<ParenExpr, ImplicitCastExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr>(
          Around))
    Around = Body.parent(Around);
  const auto *Outer = dyn_cast_or_null<CXXOperatorCallExpr>(Around);
  if (!Outer || !Outer->isComparisonOp())
    return nullptr;
  return Outer->getArg(strip(Outer->getArg(0)) == &Operator ? 1 : 0);
}

void TaskTests::apply(const CXXOperatorCallExpr &Operator) {
  const FunctionDecl *Callee = Operator.getDirectCallee();
  OverloadedOperatorKind Kind = Operator.getOperator();
  if (!Callee || Kind == OO_Call || Kind == OO_Coawait || Operator.isAssignmentOp())
    return;
  bool IsMember = isa<CXXMethodDecl>(Callee);
  for (unsigned I = 0; I < Operator.getNumArgs(); ++I) {
    const Expr *Value = Operator.getArg(I);
    if (Operator.isComparisonOp()) {
      if (!isHandle(Operator.getArg(1 - I), Value) &&
          !isHandle(comparedLater(Operator, Body), Value))
        add(Value, TaskTest::How::Compared);
    } else if (Kind == OO_Exclaim) {
      add(Value, TaskTest::How::Tested);
    } else if (unsigned Index = I - IsMember; Index < Callee->getNumParams()) {
      // What prints it, and what adds it up, has no use for a task.
      if (madeBy(Value) && onlyLooks(*Callee->getParamDecl(Index)))
        add(Value, TaskTest::How::Shown);
    }
  }
}

/// True when \p Value stands beside a task that someone holds, or beside nothing:
/// which of them it is may be asked.
static bool isToldApart(const Expr *Value, llvm::ArrayRef<const Expr *> All) {
  return llvm::any_of(All, [&](const Expr *Other) {
    return Other != Value && isHandle(Other, Value) && !madeBy(Other);
  });
}

void TaskTests::show(const Stmt &Call) {
  std::optional<CallSite> Site = CallSite::of(&Call);
  if (!Site)
    return;
  model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(*Site)) {
    if (!Decide.applies(*Rule))
      continue;
    for (const model::ConsumeRule &Use : Rule->Consumes)
      if (Use.How == model::ConsumeRule::Mode::Borrow)
        for (const Expr *Value : Site->Arguments)
          if (Decide.names(Use.Argument, Value) && madeBy(Value) &&
              !isToldApart(Value, Site->Arguments))
            add(Value, TaskTest::How::Shown);
    return;
  }
}

void TaskTests::look(const Stmt &Reached) {
  if (const auto *Named = dyn_cast<DeclRefExpr>(&Reached)) {
    if (const auto *Variable = dyn_cast<VarDecl>(Named->getDecl()))
      ++Uses[Variable];
  } else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Reached);
             Member && isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl())) {
    convert(*Member);
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Reached)) {
    apply(*Operator);
  } else if (isa<CallExpr, CXXConstructExpr>(&Reached)) {
    show(Reached);
  }
}

std::vector<TaskTest> TaskTests::take() {
  llvm::DenseMap<const VarDecl *, unsigned> Tests;
  for (const TaskTest &One : Found)
    ++Tests[One.Variable];
  llvm::erase_if(Found, [&](const TaskTest &One) {
    return One.Variable && Tests[One.Variable] != Uses[One.Variable];
  });
  return std::move(Found);
}

std::vector<TaskTest> findTaskTests(const FunctionBody &Body, const model::Model &Models,
                                    const Coroutines &Colors) {
  TaskTests Tests(Body, Models, Colors);
  forEachReached(Body, [&](const Stmt &Reached) { Tests.look(Reached); });
  return Tests.take();
}

} // namespace corolint
