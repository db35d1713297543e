// ReferenceCalls.cpp - what calls do with a value that is followed
#include "checks/extract/ReferenceFlow.h"

#include "checks/extract/Callables.h"
#include "checks/extract/Summaries.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

struct ReferenceFlow::Passing {
  const Expr &Call;
  CallSite Site;
  std::uint32_t Parameter = 0;
  const Expr *Value = nullptr; ///< the argument or object
};

/// What a task does with what it was given is decided by these.
static constexpr facts::Uses Directly =
    facts::Awaits | facts::Consumes | facts::Stores | facts::Spawns;

/// So many functions of other units a value is followed through.
static constexpr unsigned MaxConditions = 3;

/// The number of the parameter that \p Value is passed for.
static std::optional<std::uint32_t> parameterFor(const Expr &Call, const CallSite &Site,
                                                 const Expr *Value) {
  if (const auto *Member = dyn_cast<MemberExpr>(Value->IgnoreParens()))
    if (isa<CXXMethodDecl>(Member->getMemberDecl()) && isa<CXXMemberCallExpr>(Call))
      return facts::ObjectParameter;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site.Callee);
  const auto *Plain = dyn_cast<CallExpr>(&Call);
  if (Plain && isa<CXXOperatorCallExpr>(Plain) && Method && Plain->getNumArgs() > 0 &&
      Plain->getArg(0) == Value && Method->isImplicitObjectMemberFunction())
    return facts::ObjectParameter;
  bool Shifted = Plain && isa<CXXOperatorCallExpr>(Plain) && Method &&
                 Method->isImplicitObjectMemberFunction();
  auto Arguments = Plain ? llvm::ArrayRef(Plain->getArgs(), Plain->getNumArgs())
                         : llvm::ArrayRef(cast<CXXConstructExpr>(Call).getArgs(),
                                          cast<CXXConstructExpr>(Call).getNumArgs());
  for (unsigned I = Shifted; I < Arguments.size(); ++I)
    if (Arguments[I] == Value)
      return I - Shifted;
  return std::nullopt;
}

static bool isNamedStd(const FunctionDecl *Function, std::initializer_list<llvm::StringRef> Names) {
  return Function && Function->isInStdNamespace() && Function->getIdentifier() &&
         llvm::is_contained(Names, Function->getName());
}

bool ReferenceFlow::throughConstruction(const CXXConstructExpr &Made, Way &Now) {
  const CXXConstructorDecl *Constructor = Made.getConstructor();
  if (Constructor->isCopyOrMoveConstructor()) {
    if (!Now.Handle && Constructor->isMoveConstructor() && Now.Value->isXValue())
      end(facts::Consumes, Made, Now);
    Now.Value = &Made;
    return Now.Handle;
  }
  const CXXRecordDecl &Class = *Constructor->getParent();
  if (Class.isInStdNamespace() && Class.getName() == "reference_wrapper") { // as std::ref()
    Now.Handle = true;
    Now.Value = &Made;
    return true;
  }
  return throughCall(Made, Now);
}

/// The lambda that is called when \p Site calls a std::function, if that holds
/// nothing else; else null.
static const FunctionDecl *heldLambda(const CallSite &Site) {
  if (!Site.Object || !Site.Callee || !isStandard(*Site.Callee) ||
      Site.Callee->getOverloadedOperator() != OO_Call)
    return nullptr;
  auto Targets = callableTargets(Site.Object);
  const auto *Method = Targets.size() == 1 ? dyn_cast<CXXMethodDecl>(Targets.front()) : nullptr;
  return Method && Method->getParent()->isLambda() ? Method : nullptr;
}

bool ReferenceFlow::throughCall(const Expr &Call, Way &Now) {
  std::optional<CallSite> Site = CallSite::of(&Call);
  if (!Site)
    return false;
  if (isNamedStd(Site->Callee, {"move", "forward", "as_const", "move_if_noexcept", "ref", "cref",
                                "addressof", "get"})) {
    Now.Handle |= isNamedStd(Site->Callee, {"ref", "cref", "addressof"});
    Now.Value = &Call;
    return true;
  }
  std::optional<std::uint32_t> Parameter = parameterFor(Call, *Site, Now.Value);
  if (!Parameter)
    return false;
  Passing One{Call, *Site, *Parameter, Now.Value};
  model::Decider Decide(*Site, Models, Body.function().getASTContext());
  for (const model::FunctionRule *Rule : Models.rules(*Site))
    if (Decide.applies(*Rule))
      return throughModel(One, *Rule, Now);
  if (!Site->Callee)
    return false;
  const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&Call);
  if (Assign && Assign->getOperator() == OO_Equal) {
    if (Assign->getArg(1) == Now.Value && Now.Handle)
      into(*Assign->getArg(0), Now);
    return false;
  }
  if (const FunctionDecl *Held = heldLambda(*Site); Held && *Parameter == facts::ObjectParameter) {
    One.Site.Callee = Held;
    Now.Owned |= !Now.Handle; // the function object moves without its closure
  } else if (isStandard(*Site->Callee))
    // The standard library is known by what its classes are, not by its bodies.
    return isa<CXXConstructorDecl>(Site->Callee) ? throughUnknown(One, Now)
                                                 : throughSystem(One, Now);
  const auto *Method = dyn_cast<CXXMethodDecl>(One.Site.Callee);
  bool OfClosure = Method && Method->getParent()->isLambda() &&
                   *Parameter == facts::ObjectParameter && Now.Handle;
  if (OfClosure)
    One.Parameter = facts::CapturesParameter;
  if (std::optional<facts::ParameterUse> Use = Known.of(*One.Site.Callee, One.Parameter))
    return throughKnown(One, *Use, Now);
  return throughUnknown(One, Now);
}

/// True for a call that only wraps what it is given: a constructor, make_pair().
static bool makesObject(const Expr &Call, const CallSite &Site) {
  return isa<CXXConstructExpr>(Call) ||
         (!Site.Object && Call.isPRValue() && Call.getType()->isRecordType());
}

bool ReferenceFlow::throughModel(const Passing &Call, const model::FunctionRule &Rule, Way &Now) {
  using Mode = model::ConsumeRule::Mode;
  model::Decider Decide(Call.Site, Models, Body.function().getASTContext());
  auto IsMeant = [&](model::ArgumentRef Ref) {
    if (Ref.Index == model::ArgumentRef::Object)
      return Call.Parameter == facts::ObjectParameter;
    return Call.Parameter != facts::ObjectParameter && Decide.names(Ref, Call.Value);
  };
  for (const model::CallableRule &One : Rule.Callables)
    if (IsMeant(One.Argument) && !Now.Handle)
      return throughCallable(Call, One, Now);
  for (const model::ConsumeRule &One : Rule.Consumes) {
    if (!IsMeant(One.Argument))
      continue;
    if (One.How == Mode::Await || One.How == Mode::Run) {
      end(facts::Awaits, Call.Call, Now);
      return false;
    }
    if (One.How == Mode::Borrow)
      return false;
    if (!Now.Handle) { // the task itself is given away
      if (Now.Value->isXValue() || isTask(Now.Value->getType()))
        end(facts::Consumes, Call.Call, Now);
      return false;
    }
    if (One.How == Mode::Gather || (One.How == Mode::Store && makesObject(Call.Call, Call.Site)))
      return intoResult(Call, Now);
    beClosure(Call, Now);
    if (One.How == Mode::Store && Call.Site.Object)
      into(*Call.Site.Object, Now);
    else if (One.How == Mode::Store)
      end(facts::Stores, Call.Call, Now);
    else if (One.How == Mode::Detach)
      end(facts::Spawns, Call.Call, Now);
    else
      spawn(Call, Now);
    return false;
  }
  for (const model::CallableRule &One : Rule.Callables)
    if (IsMeant(One.Argument))
      return throughCallable(Call, One, Now);
  return Rule.Callables.empty() && Rule.Consumes.empty() && !Rule.Opaque && Call.Site.Callee &&
         throughUnknown(Call, Now);
}

static const CXXRecordDecl *classOf(const Expr &Value) {
  return Value.getType().getNonReferenceType()->getAsCXXRecordDecl();
}

void ReferenceFlow::beClosure(const Passing &Call, Way &Now) const {
  const CXXMethodDecl *Body = callOperator(classOf(*Call.Value));
  std::optional<facts::ParameterUse> Use;
  if (Body && !Now.Task)
    Use = Known.of(*Body, facts::CapturesParameter);
  if (!Use || !(Use->Does & facts::Returns))
    return;
  Now.Task = &Call.Call;
  Now.Callee = Body;
  Now.Parameter = facts::CapturesParameter;
}

bool ReferenceFlow::throughCallable(const Passing &Call, const model::CallableRule &Rule,
                                    Way &Now) {
  bool MakesTask = isTask(Call.Call.getType());
  if (!Now.Handle) {
    if (Rule.Lifetime != model::CallableRule::Life::UntilAwait)
      return false;
    beClosure(Call, Now);
    Now.Parameter = facts::ObjectParameter; // it dies itself, not what it captures
    Now.Handle = true;
  } else if (Rule.Runs == facts::Transfer::Inline && !callOperator(classOf(*Call.Value))) {
    return false; // it is called and gone: what it returns is not known to refer to it
  } else if (makesObject(Call.Call, Call.Site)) {
    return intoResult(Call, Now);
  } else if (!MakesTask && Rule.Runs != facts::Transfer::Inline) {
    end(facts::Stores, Call.Call, Now);
    return false;
  }
  return (MakesTask || Rule.Lifetime == model::CallableRule::Life::UntilAwait) &&
         intoResult(Call, Now);
}

bool ReferenceFlow::intoResult(const Passing &Call, Way &Now) {
  // A reference to a part of the object is the object; all else refers to it.
  Now.Handle |= !Call.Call.isGLValue();
  Now.Value = &Call.Call;
  const FunctionDecl *Callee = Call.Site.Callee;
  bool MakesTask = isTask(Call.Call.getType());
  if (Callee && !MakesTask) {
    facts::Kind What = Colors.kind(*Callee);
    MakesTask = What == facts::Kind::Generator || What == facts::Kind::Coroutine;
  }
  if (MakesTask && Call.Call.isPRValue() && !Now.Task && Callee &&
      !isa<CXXConstructorDecl>(Callee)) {
    Now.Task = &Call.Call;
    Now.Callee = Callee;
    Now.Parameter = Call.Parameter;
  }
  return true;
}

void ReferenceFlow::spawn(const Passing &Call, const Way &Now) {
  std::size_t Before = Out.size();
  Way Next = Now;
  Next.Value = Next.Spawner = &Call.Call;
  if (isTask(Call.Call.getType()))
    climb(Next);
  bool Joined = llvm::any_of(llvm::drop_begin(Out, Before),
                             [](const ReferenceEnd &One) { return One.What != 0; });
  if (!Joined)
    end(facts::Spawns, Call.Call, Next);
}

/// True for a task that a function takes by `&&` and starts, or awaits: the task
/// itself is moved, and only what it refers to must live on.
bool ReferenceFlow::isTakenOver(const Passing &Call, bool Handle) const {
  if (Handle || Call.Parameter >= Call.Site.Callee->getNumParams())
    return false;
  QualType Type = Call.Site.Callee->getParamDecl(Call.Parameter)->getType();
  return Type->isRValueReferenceType() && Colors.task(Type);
}

bool ReferenceFlow::throughKnown(const Passing &Call, const facts::ParameterUse &Use, Way &Now) {
  bool Constructs = isa<CXXConstructExpr>(Call.Call);
  facts::Uses Does = Use.Does;
  if (Constructs && (Does & facts::Stores)) // in the object that it makes
    Does = (Does & ~facts::Stores) | facts::Returns;
  if (Does & Directly) {
    Way Ended = Now;
    if ((Does & facts::Spawns) && !Now.Task && !isTakenOver(Call, Now.Handle)) {
      // by the task that it starts
      Ended.Task = &Call.Call;
      Ended.Callee = Call.Site.Callee;
      Ended.Parameter = Call.Parameter;
    }
    end(Does & Directly, Call.Call, Ended);
  }
  bool Goes = Does & facts::Returns;
  for (const facts::Forward &Next : Use.To) {
    if (Now.OnlyIf.size() == MaxConditions)
      break;
    Way Maybe = Now;
    Maybe.OnlyIf.push_back({Next.Callee, Next.Parameter, Directly});
    end(Directly, Call.Call, Maybe);
    if (!Goes && (Next.Result & facts::Returns)) {
      Now.OnlyIf.push_back({Next.Callee, Next.Parameter, facts::Returns});
      return intoResult(Call, Now);
    }
  }
  return Goes && intoResult(Call, Now);
}

/// True when the author says that the result refers to the argument.
static bool isLifetimeBound(const FunctionDecl &Callee, std::uint32_t Parameter) {
  if (Parameter < Callee.getNumParams() &&
      Callee.getParamDecl(Parameter)->hasAttr<LifetimeBoundAttr>())
    return true;
  const CXXRecordDecl *Record = Callee.getReturnType()->getAsCXXRecordDecl();
  if (const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Record);
      Special && !Record->hasAttr<CoroLifetimeBoundAttr>())
    Record = Special->getSpecializedTemplate()->getTemplatedDecl();
  return Record && Record->hasAttr<CoroLifetimeBoundAttr>() &&
         (Parameter == facts::ObjectParameter ||
          (Parameter < Callee.getNumParams() &&
           isHandle(Callee.getParamDecl(Parameter)->getType())));
}

/// True for classes that own what their members give access to.
static bool isOwner(const CXXRecordDecl *Record) { return Record && Record->hasAttr<OwnerAttr>(); }

bool ReferenceFlow::throughUnknown(const Passing &Call, Way &Now) {
  const FunctionDecl &Callee = *Call.Site.Callee;
  if (Callee.hasAttr<CoroDisableLifetimeBoundAttr>())
    return false;
  if (isLifetimeBound(Callee, Call.Parameter))
    return intoResult(Call, Now);
  if (isa<CXXConstructorDecl>(Callee)) {
    // A view of what it is made from; a copy of a handle is a handle, but an
    // owner copies what a view shows.
    Now.Handle |= isHandle(Call.Call.getType());
    Now.Value = &Call.Call;
    return Now.Task || (Now.Handle && !isOwner(Call.Call.getType()->getAsCXXRecordDecl()));
  }
  const ASTContext &Context = Callee.getASTContext();
  if (isStandard(Callee) || Context.getSourceManager().isInSystemHeader(Callee.getLocation()))
    return throughSystem(Call, Now);
  if (Now.OnlyIf.size() == MaxConditions || Callee.getBuiltinID() ||
      !Callee.hasExternalFormalLinkage())
    return false;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
      Method && (Method->isVirtual() || Method->getParent()->isLambda()))
    return false;
  std::string Id = programId(Callee, Context.getSourceManager());
  Way Maybe = Now;
  Maybe.OnlyIf.push_back({Id, Call.Parameter, Directly});
  end(Directly, Call.Call, Maybe);
  if (Call.Call.getType()->isVoidType() || Call.Call.getType()->isArithmeticType())
    return false;
  Now.OnlyIf.push_back({Id, Call.Parameter, facts::Returns});
  return intoResult(Call, Now);
}

bool ReferenceFlow::throughSystem(const Passing &Call, Way &Now) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Call.Site.Callee);
  QualType Result = Call.Call.getType();
  Now.Value = &Call.Call;
  if (Call.Parameter == facts::ObjectParameter) {
    // A part of what the object owns; the elements of a container of tasks.
    if (Now.Task && isTask(Result))
      return true;
    bool Part = Now.Handle || (Method && isOwner(Method->getParent()));
    bool Glvalue = Call.Call.isGLValue();
    if (!Part || !(Glvalue || isHandle(Result)))
      return false;
    Now.Owned |= !Now.Handle && !Now.Task;
    Now.Handle = Now.Task || !Glvalue;
    return true;
  }
  if (!Now.Handle)
    return false;
  if (Method && Call.Site.Object) {
    const model::TypeRule *Rule = Models.type(*Method->getParent());
    if (Rule && Rule->Container)
      into(*Call.Site.Object, Now);
    return false;
  }
  // A view or a pair of it refers to it; what std::apply() returns is not known to.
  const CXXRecordDecl *Record = Result->getAsCXXRecordDecl();
  return Now.Task || Result->isPointerType() ||
         (Record && Record->isInStdNamespace() && !isOwner(Record));
}

} // namespace corolint
