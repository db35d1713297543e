// Predicates.cpp - decides the tests of a model on one call
#include "checks/model/Predicates.h"

#include "checks/model/Model.h"
#include "checks/model/Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

#include <limits>

using namespace clang;

namespace corolint::model {

/// The number in \p Value: an arithmetic value, or a class that holds one.
static std::optional<std::int64_t> numberIn(const APValue &Value) {
  if (Value.isInt()) {
    const llvm::APSInt &Number = Value.getInt();
    if (Number.isRepresentableByInt64())
      return Number.getExtValue();
    // Of SIZE_MAX and the like only the sign matters.
    return Number.isNegative() ? std::numeric_limits<std::int64_t>::min()
                               : std::numeric_limits<std::int64_t>::max();
  }
  if (Value.isFloat()) {
    double Number = Value.getFloat().convertToDouble();
    // Only the sign and zero matter of a fraction of a second.
    return Number == 0 ? 0 : Number < 0 ? -1 : 1;
  }
  if (Value.isStruct() && Value.getStructNumBases() == 0 && Value.getStructNumFields() >= 1) {
    std::optional<std::int64_t> First = numberIn(Value.getStructField(0));
    if (Value.getStructNumFields() == 1 || !First)
      return First;
    for (unsigned I = 0; I < Value.getStructNumFields(); ++I)
      if (numberIn(Value.getStructField(I)) != 0)
        return 1;
    return 0;
  }
  return std::nullopt;
}

std::optional<std::int64_t> constantOf(const Expr *Expression, const ASTContext &Context) {
  if (!Expression || Expression->isValueDependent() || Expression->isTypeDependent())
    return std::nullopt;
  const Expr *Inner = Expression->IgnoreParens();
  while (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Inner))
    Inner = Temporary->getSubExpr()->IgnoreParens();
  // The address of an object that is only ever zero: a polling timespec.
  if (const auto *Address = dyn_cast<UnaryOperator>(Inner->IgnoreParenImpCasts());
      Address && Address->getOpcode() == UO_AddrOf) {
    const ValueDecl *Named = namedValue(Address->getSubExpr());
    const auto *Variable = dyn_cast_or_null<VarDecl>(Named);
    if (!Variable || !Variable->getInit() || !Variable->getType()->isRecordType())
      return std::nullopt;
    Inner = Variable->getInit();
  }
  Expr::EvalResult Result;
  if (Inner->isGLValue() && !Inner->getType()->isRecordType())
    return std::nullopt;
  if (!Inner->EvaluateAsRValue(Result, Context) || Result.HasSideEffects)
    return std::nullopt;
  return numberIn(Result.Val);
}

std::optional<unsigned> parameterOf(const Expr *Expression) {
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(strip(Expression));
  const auto *Parameter = Named ? dyn_cast<ParmVarDecl>(Named->getDecl()) : nullptr;
  // A lambda may name a parameter of the function around it.
  if (!Parameter || Named->refersToEnclosingVariableOrCapture())
    return std::nullopt;
  return Parameter->getFunctionScopeIndex();
}

bool isMutex(QualType Type, const Model &Models) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const TypeRule *Rule = Models.type(Type);
  return Rule && Rule->Mutex;
}

const Expr *Decider::argument(ArgumentRef Ref) const {
  if (Ref.Index == ArgumentRef::Object)
    return Site.Object;
  if (Ref.Index == ArgumentRef::Last)
    return Site.Arguments.empty() ? nullptr : Site.Arguments.back();
  if (Ref.Index == ArgumentRef::Result)
    return Site.Call;
  if (Ref.Index < 0 || unsigned(Ref.Index) >= Site.Arguments.size())
    return nullptr;
  return Site.Arguments[Ref.Index];
}

/// What the member \p Name of the aggregate \p Whole is initialised with, or null
/// when that is not written here.
static const Expr *memberOf(const Expr *Whole, llvm::StringRef Name) {
  const Expr *Inner = strip(Whole);
  while (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Inner))
    Inner = strip(Cast->getSubExpr());
  if (const auto *Constant = dyn_cast_or_null<VarDecl>(namedValue(Inner));
      Constant && Constant->getType().isConstQualified() && Constant->getInit())
    return memberOf(Constant->getInit(), Name);
  const auto *List = dyn_cast<InitListExpr>(Inner);
  const RecordDecl *Record = List ? List->getType()->getAsRecordDecl() : nullptr;
  if (!Record || !Record->getDefinition())
    return nullptr;
  for (const FieldDecl *Field : Record->getDefinition()->fields())
    if (Field->getName() == Name && Field->getFieldIndex() < List->getNumInits()) {
      const Expr *Init = List->getInit(Field->getFieldIndex());
      const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init);
      return Default ? Default->getExpr() : Init;
    }
  return nullptr;
}

/// True for std::nullopt, or an optional that is made from it or from nothing.
static bool isEmptyOptional(const Expr *Argument) {
  const Expr *Value = strip(Argument);
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Value))
    return Made->getNumArgs() == 0 || (Made->getNumArgs() == 1 && isEmptyOptional(Made->getArg(0)));
  if (const auto *List = dyn_cast<InitListExpr>(Value))
    return List->getNumInits() == 0;
  const CXXRecordDecl *Record = Value->getType()->getAsCXXRecordDecl();
  return Record && qualifiedName(*Record) == "std::nullopt_t";
}

Decider::Answer Decider::decide(const Predicate &Test) const {
  if (Test.Test == Predicate::Kind::Count)
    return std::int64_t(Site.Arguments.size()) == Test.Value ? Answer::Holds : Answer::Fails;
  if (!Test.Member.empty()) {
    const Expr *Whole = argument(Test.Argument);
    const Expr *Member = Whole ? memberOf(Whole, Test.Member) : nullptr;
    return Member ? decideOn(Test, Member) : Answer::Unknown;
  }
  if (Test.Argument.Index != ArgumentRef::Any)
    return decideOn(Test, argument(Test.Argument));
  Answer Best = Answer::Fails;
  for (const Expr *Argument : Site.Arguments) {
    Answer One = decideOn(Test, Argument);
    if (One == Answer::Holds)
      return One;
    if (One == Answer::Unknown)
      Best = One;
  }
  return Best;
}

/// True for a lambda whose whole body is `return true;`.
static bool isConstantTrue(const Expr *Argument) {
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(strip(Argument));
  const auto *Body = Lambda ? dyn_cast_or_null<CompoundStmt>(Lambda->getBody()) : nullptr;
  if (!Body || Body->size() != 1)
    return false;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  const auto *Literal =
      Return ? dyn_cast_or_null<CXXBoolLiteralExpr>(strip(Return->getRetValue())) : nullptr;
  return Literal && Literal->getValue();
}

Decider::Answer Decider::decideOn(const Predicate &Test, const Expr *Argument) const {
  if (!Argument)
    return Answer::Fails;
  switch (Test.Test) {
  case Predicate::Kind::Type:
    // Of what is written and of what it becomes, as the pointer that an owner is made from.
    return isOfClass(Argument->IgnoreUnlessSpelledInSource()->getType(), Test.Text) ||
                   isOfClass(Argument->getType(), Test.Text)
               ? Answer::Holds
               : Answer::Fails;
  case Predicate::Kind::NonBlocking:
    if (IsNonBlocking && IsNonBlocking(Argument))
      return Answer::Holds;
    return IsBlocking && IsBlocking(Argument) ? Answer::Fails : Answer::Unknown;
  case Predicate::Kind::Null:
    return Argument->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                           Expr::NPC_ValueDependentIsNotNull) ||
                   (Argument->getType()->isRecordType() && isEmptyOptional(Argument))
               ? Answer::Holds
               : Answer::Fails;
  case Predicate::Kind::Variable: {
    const ValueDecl *Named = namedValue(Argument);
    return Named && qualifiedName(*Named) == Test.Text ? Answer::Holds : Answer::Fails;
  }
  case Predicate::Kind::Mutex:
    return isMutex(Argument->IgnoreParenImpCasts()->getType(), Models) ||
                   isMutex(Argument->getType(), Models)
               ? Answer::Holds
               : Answer::Fails;
  case Predicate::Kind::ConstantTrueCallable:
    return isConstantTrue(Argument) ? Answer::Holds : Answer::Fails;
  default:
    return decideNumber(Test, Argument);
  }
}

/// True when \p Argument is an "or" of which one side is a constant with one of
/// \p Bits: `flags | O_NONBLOCK`.
static bool orsIn(const Expr *Argument, std::int64_t Bits, const ASTContext &Context) {
  const auto *Or = dyn_cast_or_null<BinaryOperator>(strip(Argument));
  if (!Or || Or->getOpcode() != BO_Or)
    return false;
  auto Has = [&](const Expr *Side) {
    std::optional<std::int64_t> Number = constantOf(Side, Context);
    return Number ? (*Number & Bits) != 0 : orsIn(Side, Bits, Context);
  };
  return Has(Or->getLHS()) || Has(Or->getRHS());
}

Decider::Answer Decider::decideNumber(const Predicate &Test, const Expr *Argument) const {
  if (Test.Test == Predicate::Kind::HasBits && orsIn(Argument, Test.Value, Context))
    return Answer::Holds;
  std::optional<std::int64_t> Number = constantOf(Argument, Context);
  if (!Number)
    return Answer::Unknown;
  bool Holds = false;
  switch (Test.Test) {
  case Predicate::Kind::Zero:
    Holds = *Number <= 0;
    break;
  case Predicate::Kind::NonZero:
    Holds = *Number > 0;
    break;
  case Predicate::Kind::True:
    Holds = *Number != 0;
    break;
  case Predicate::Kind::Equals:
    Holds = *Number == Test.Value;
    break;
  case Predicate::Kind::HasBits:
    Holds = (*Number & Test.Value) != 0;
    break;
  default:
    return Answer::Unknown;
  }
  return Holds ? Answer::Holds : Answer::Fails;
}

bool Decider::applies(const FunctionRule &Rule) const {
  return llvm::all_of(Rule.When,
                      [&](const Predicate &Test) { return decide(Test) == Answer::Holds; });
}

/// What milliseconds(value) is made of: it is zero when the value is.
static const Expr *converted(const Expr *Value) {
  const Expr *Inner = strip(Value);
  if (const auto *Cast = dyn_cast_or_null<CXXFunctionalCastExpr>(Inner))
    Inner = strip(Cast->getSubExpr());
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Inner);
  if (Made && Made->getNumArgs() >= 1 && !Made->getArg(0)->isDefaultArgument())
    Inner = strip(Made->getArg(0));
  return Inner;
}

std::optional<facts::Sink> Decider::effect(const EffectRule &Rule) const {
  facts::Sink Out;
  Out.What = Rule.What;
  Out.Sure = Rule.Sure;
  Out.Help = Rule.Help;
  bool Undecided = false;
  for (const Predicate &Test : Rule.Unless) {
    Answer Result = decide(Test);
    if (Result == Answer::Holds)
      return std::nullopt;
    if (Result == Answer::Fails)
      continue;
    const Expr *Argument = argument(Test.Argument);
    std::optional<unsigned> Parameter =
        parameterOf(Test.Test == Predicate::Kind::Zero ? converted(Argument) : Argument);
    if (!Parameter) {
      Undecided = true;
      continue;
    }
    facts::ParameterTest Passed;
    Passed.Parameter = *Parameter;
    Passed.Value = Test.Value;
    if (Test.Test == Predicate::Kind::Zero)
      Passed.Test = facts::ParameterTest::Kind::Zero;
    else if (Test.Test == Predicate::Kind::Equals)
      Passed.Test = facts::ParameterTest::Kind::Equals;
    else if (Test.Test == Predicate::Kind::HasBits)
      Passed.Test = facts::ParameterTest::Kind::HasBits;
    else {
      Undecided = true;
      continue;
    }
    // The caller decides; unless it does, the value stays unknown.
    Out.Unless.push_back(Passed);
    Out.WhenUnknown = Rule.Undecided.value_or(Out.WhenUnknown);
  }
  if (Undecided && Rule.Undecided)
    Out.Sure = std::min(Out.Sure, *Rule.Undecided);
  return Out;
}

} // namespace corolint::model
