// PublishedAwaiters.cpp - awaiters that are used after their coroutine may go on
#include "checks/extract/PublishedAwaiters.h"

#include "checks/extract/Dataflow.h"
#include "checks/extract/GuardTypes.h"
#include "checks/model/CallSite.h"
#include "checks/model/Predicates.h"
#include "checks/model/ThreadPools.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

using How = PublishedAwaiter::How;

static std::string methodName(const CallSite &Site) {
  return Site.Callee ? Site.Callee->getNameAsString() : "";
}

/// True for a method of std::atomic and its like.
static bool isAtomic(const CallSite &Site) {
  const CXXRecordDecl *Record =
      Site.Object ? Site.Object->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr;
  return Record && Record->getIdentifier() && Record->getName().contains("atomic");
}

PublishedAwaiters::PublishedAwaiters(const FunctionBody &Body, const model::Model &Models)
    : Body(Body), Models(Models) {
  Handles.insert(Body.function().getParamDecl(0));
  collect(Body.function().getBody());
}

bool PublishedAwaiters::isHandle(const Expr *Value) const {
  Value = Value ? strip(Value) : nullptr;
  while (Value) {
    if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
      Value = strip(Cast->getSubExpr());
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Value);
             Call && Call->getMethodDecl() &&
             (isa<CXXConversionDecl>(Call->getMethodDecl()) ||
              Call->getMethodDecl()->getNameAsString() == "address"))
      Value = strip(Call->getImplicitObjectArgument());
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(Value); Made && Made->getNumArgs() == 1)
      Value = strip(Made->getArg(0));
    else
      break;
  }
  const ValueDecl *Named = Value ? namedValue(Value) : nullptr;
  return Named && Handles.contains(Named);
}

/// True when \p Value names the awaiter, a member of it or the promise.
bool PublishedAwaiters::isInside(const Expr *Value) const {
  Value = Value ? strip(Value) : nullptr;
  if (const auto *Address = dyn_cast_or_null<UnaryOperator>(Value);
      Address &&
      (Address->getOpcode() == UO_AddrOf || isa<CXXThisExpr>(strip(Address->getSubExpr()))))
    return isInside(Address->getSubExpr());
  if (isa_and_nonnull<CXXThisExpr>(Value))
    return true;
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value))
    return isa<FieldDecl>(Member->getMemberDecl()) &&
           !Member->getMemberDecl()->getType()->isReferenceType() &&
           (!Member->isArrow() || isa<CXXThisExpr>(strip(Member->getBase()))) &&
           isInside(Member->getBase());
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Value);
  return Call && Call->getMethodDecl() && Call->getMethodDecl()->getNameAsString() == "promise" &&
         isHandle(Call->getImplicitObjectArgument());
}

void PublishedAwaiters::collect(const Stmt *Part) {
  if (!Part || isa<LambdaExpr>(Part))
    return;
  if (const auto *Declared = dyn_cast<DeclStmt>(Part)) {
    for (const Decl *One : Declared->decls()) {
      const auto *Local = dyn_cast<VarDecl>(One);
      const Expr *Init = Local ? Local->getInit() : nullptr;
      if (Init && isHandle(Init))
        Handles.insert(Local);
      else if (Init &&
               (Local->getType()->isReferenceType() ||
                (Local->getType()->isPointerType() &&
                 isa<CXXThisExpr, UnaryOperator>(strip(Init)))) &&
               isInside(Init))
        Aliases.insert(Local);
    }
  } else if (const auto *Plain = dyn_cast<BinaryOperator>(Part);
             Plain && Plain->getOpcode() == BO_Assign) {
    if (const ValueDecl *Named = namedValue(Plain->getLHS()); Named && isHandle(Plain->getRHS()))
      Handles.insert(Named);
  } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Part);
             Call && Call->getOperator() == OO_Equal && Call->getNumArgs() == 2) {
    if (const ValueDecl *Named = namedValue(Call->getArg(0)); Named && isHandle(Call->getArg(1)))
      Handles.insert(Named);
  }
  if (std::optional<CallSite> Site = CallSite::of(Part);
      Site && Site->Object && isAtomic(*Site) && isInside(Site->Object)) {
    std::string Method = methodName(*Site);
    llvm::StringRef Name = Method;
    Agreed |= Name.starts_with("fetch_") || Name.starts_with("exchange") ||
              Name.starts_with("compare_exchange") || Name.starts_with("test_and_set");
  }
  for (const Stmt *Child : Part->children())
    collect(Child);
}

/// True when who gets \p Value can resume the coroutine: the handle, the
/// awaiter, or a closure that holds one of them.
bool PublishedAwaiters::carries(const Expr *Value) const {
  if (isHandle(Value))
    return true;
  const Expr *Inner = strip(Value);
  while (const auto *Cast = dyn_cast_or_null<CXXFunctionalCastExpr>(Inner))
    Inner = strip(Cast->getSubExpr());
  if (isa_and_nonnull<CXXThisExpr>(Inner))
    return true;
  if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Inner); Made && Made->getNumArgs() == 1)
    return carries(Made->getArg(0));
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Inner);
  if (!Lambda)
    return false;
  for (const LambdaCapture &One : Lambda->captures()) {
    if (One.capturesThis())
      return true;
    if (!One.capturesVariable())
      continue;
    const ValueDecl *Captured = One.getCapturedVar();
    const auto *Init = dyn_cast<VarDecl>(Captured);
    if (Handles.contains(Captured) || (Init && Init->isInitCapture() && isHandle(Init->getInit())))
      return true;
  }
  return false;
}

static bool isThread(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->isInStdNamespace() || !Record->getIdentifier())
    return false;
  if (Record->getName() == "thread" || Record->getName() == "jthread")
    return true;
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  return Special &&
         llvm::any_of(Special->getTemplateArgs().asArray(), [](const TemplateArgument &Argument) {
           return Argument.getKind() == TemplateArgument::Type && isThread(Argument.getAsType());
         });
}

/// True for a class that owns threads or is called a pool of them.
bool PublishedAwaiters::holdsThreads(QualType Type) const {
  if (isThreadPool(Type))
    return true;
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() &&
         llvm::any_of(Record->getDefinition()->fields(),
                      [](const FieldDecl *Field) { return isThread(Field->getType()); });
}

bool PublishedAwaiters::runsOnThread(const CallSite &Site) const {
  if (Site.Object && isThread(Site.Object->getType()))
    return true; // a container of them: emplace_back() starts one
  model::Decider Decide(Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(Site))
    if (Decide.applies(*Rule))
      return llvm::any_of(Rule->Callables, [](const model::CallableRule &One) {
        return One.Runs == facts::Transfer::Thread;
      });
  return Site.Object && holdsThreads(Site.Object->getType());
}

std::optional<PublishedAwaiters::Given> PublishedAwaiters::givenAt(const Stmt &Statement) const {
  std::optional<CallSite> Site = CallSite::of(&Statement);
  if (!Site || !Site->Call)
    return std::nullopt;
  std::string Name = methodName(*Site);
  if (Site->Object && isHandle(Site->Object)) {
    if (Name == "resume" || Name == "operator()")
      return Given{How::Resumed, Site->Call};
    if (Name == "destroy")
      return Given{How::Destroyed, Site->Call};
    return std::nullopt;
  }
  if (Agreed || !llvm::any_of(Site->Arguments, [&](const Expr *One) { return carries(One); }))
    return std::nullopt;
  if (isAtomic(*Site))
    return Name == "store" ? std::optional(Given{How::SharedByAtomic, Site->Call}) : std::nullopt;
  if (runsOnThread(*Site))
    return Given{How::GivenToThread, Site->Call};
  return std::nullopt;
}

bool PublishedAwaiters::join(State &Into, const State &Other) const {
  bool Changed = false;
  if (!Into.Gone && Other.Gone) {
    Into.Gone = Other.Gone;
    Changed = true;
  }
  if (!Into.UnderLock && Other.UnderLock) {
    Into.UnderLock = Other.UnderLock;
    Changed = true;
  }
  for (const VarDecl *Guard : Other.Guards)
    Changed |= Into.Guards.insert(Guard).second;
  return Changed;
}

void PublishedAwaiters::unlock(State &Now) const {
  if (!Now.Gone)
    Now.Gone = Now.UnderLock;
  Now.UnderLock.reset();
}

void PublishedAwaiters::step(State &Now, const CFGElement &Element) const {
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    if (Now.Guards.erase(Death->getVarDecl()))
      unlock(Now);
    return;
  }
  auto Element2 = Element.getAs<CFGStmt>();
  if (!Element2)
    return;
  const Stmt &Statement = *Element2->getStmt();
  if (const auto *Declared = dyn_cast<DeclStmt>(&Statement)) {
    for (const Decl *One : Declared->decls())
      if (const auto *Local = dyn_cast<VarDecl>(One);
          Local && guarding(Local->getType(), Models) == Guarding::Certain)
        Now.Guards.insert(Local);
    return;
  }
  if (std::optional<Given> There = givenAt(Statement)) {
    if (!Now.Gone)
      Now.Gone = There;
    return;
  }
  std::optional<CallSite> Site = CallSite::of(&Statement);
  if (!Site || !Site->Call || isa<CXXConstructExpr>(Site->Call))
    return;
  const auto *Guard = Site->Object ? dyn_cast_or_null<VarDecl>(namedValue(Site->Object)) : nullptr;
  if (Guard && Now.Guards.contains(Guard)) {
    if (methodName(*Site) == "unlock")
      unlock(Now);
    return;
  }
  // Under the lock it is put where another thread finds it.
  if (!Agreed && !Now.Guards.empty() && Site->Object && !isHandle(Site->Object) &&
      !isAtomic(*Site) &&
      llvm::any_of(Site->Arguments, [&](const Expr *One) { return carries(One); }))
    Now.UnderLock = Given{How::SharedByLock, Site->Call};
}

void PublishedAwaiters::branch(State &Now, const CFGBlock &From, bool Taken) const {
  const auto *Condition = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  Condition = Condition ? strip(Condition) : nullptr;
  while (const auto *Not = dyn_cast_or_null<UnaryOperator>(Condition)) {
    if (Not->getOpcode() != UO_LNot)
      return;
    Taken = !Taken;
    Condition = strip(Not->getSubExpr());
  }
  std::optional<CallSite> Site = Condition ? CallSite::of(Condition) : std::nullopt;
  // A queue that is full has not taken it.
  if (Site && !Taken && Now.Gone && Now.Gone->At == Site->Call)
    Now.Gone.reset();
  if (Site && Taken && !Agreed && !Now.Gone && isAtomic(*Site) &&
      llvm::StringRef(methodName(*Site)).starts_with("compare_exchange") &&
      llvm::any_of(Site->Arguments, [&](const Expr *One) { return carries(One); }))
    Now.Gone = Given{How::SharedByAtomic, Site->Call};
}

void PublishedAwaiters::report(const State &Before, SourceRange Use, bool OfHandle) {
  if (Before.Gone &&
      llvm::none_of(Out, [&](const PublishedAwaiter &One) { return One.At == Before.Gone->At; }))
    Out.push_back({Before.Gone->How, Before.Gone->At, Use, OfHandle});
}

/// True for a method that looks into the coroutine.
static bool looksInside(const std::string &Name) {
  return Name == "promise" || Name == "done" || Name == "resume" || Name == "destroy" ||
         Name == "operator()";
}

void PublishedAwaiters::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  if (!Before.Gone)
    return;
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    const VarDecl *Guard = Death->getVarDecl();
    if (Before.Guards.contains(Guard) && Guard->getInit() &&
        llvm::any_of(written(strip(Guard->getInit())),
                     [&](const Expr *One) { return isInside(One); }))
      report(Before, Guard->getLocation(), false);
    return;
  }
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  if (const auto *This = dyn_cast<CXXThisExpr>(Statement->getStmt())) {
    const Stmt *Around = Body.parent(This);
    return report(Before, Around ? Around->getSourceRange() : This->getSourceRange(), false);
  }
  if (const auto *Named = dyn_cast<DeclRefExpr>(Statement->getStmt())) {
    if (Aliases.contains(Named->getDecl()))
      report(Before, Named->getSourceRange(), true);
    return;
  }
  std::optional<CallSite> Site = CallSite::of(Statement->getStmt());
  if (Site && Site->Call && Site->Object && isHandle(Site->Object) &&
      looksInside(methodName(*Site)))
    report(Before, Site->Call->getSourceRange(), true);
}

std::vector<PublishedAwaiter> findPublishedAwaiters(const FunctionBody &Body,
                                                    const model::Model &Models) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Body.function());
  if (!Method || !Method->getIdentifier() || Method->getName() != "await_suspend" ||
      Method->getNumParams() == 0)
    return {};
  PublishedAwaiters Flow(Body, Models);
  runForward(Body, Flow);
  return Flow.take();
}

} // namespace corolint
