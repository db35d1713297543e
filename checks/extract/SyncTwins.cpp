// SyncTwins.cpp - calls of functions that have an awaitable twin
#include "checks/extract/SyncTwins.h"

#include "checks/extract/CallState.h"
#include "checks/extract/Dataflow.h"
#include "checks/extract/TaskExpr.h"
#include "checks/extract/WrittenParts.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint {

/// \p Pattern with the name of the synchronous function: "async_{name}".
static std::string twinName(llvm::StringRef Pattern, llvm::StringRef Name) {
  std::string Capital = Name.str();
  Capital.front() = llvm::toUpper(Capital.front());
  std::string Out = Pattern.str();
  for (const auto &[From, To] : {std::pair<llvm::StringRef, std::string>("{name}", Name.str()),
                                 std::pair<llvm::StringRef, std::string>("{Name}", Capital)})
    if (std::size_t At = Out.find(From); At != std::string::npos)
      Out.replace(At, From.size(), To);
  return Out;
}

/// What a coroutine takes by value may be a reference in its twin.
static bool isSame(QualType A, QualType B) {
  return A.getNonReferenceType()->getCanonicalTypeUnqualified() ==
         B.getNonReferenceType()->getCanonicalTypeUnqualified();
}

/// True when a function that returns \p Own may give the same answer as a task
/// that gives \p Given: success may be told by a value or by an exception.
static bool answersAlike(QualType Own, QualType Given) {
  if (Given.isNull() || isSame(Own, Given))
    return true;
  auto Plain = [](QualType Type) {
    return Type->isVoidType() || Type->isArithmeticType() || Type->isEnumeralType();
  };
  return Plain(Own) && Plain(Given);
}

/// \p Name in \p Scope, which for a class includes its bases.
static void addNamed(const DeclContext &Scope, const IdentifierInfo *Name,
                     llvm::SmallVectorImpl<const FunctionDecl *> &Out) {
  for (const NamedDecl *One : Scope.lookup(Name))
    if (const auto *Function = dyn_cast<FunctionDecl>(One->getUnderlyingDecl()))
      Out.push_back(Function);
  const auto *Class = dyn_cast<CXXRecordDecl>(&Scope);
  if (!Class || !Out.empty())
    return;
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (const CXXRecordDecl *Parent = Base.getType()->getAsCXXRecordDecl();
        Parent && Parent->hasDefinition())
      addNamed(*Parent->getDefinition(), Name, Out);
}

namespace {

class SyncTwins : public CallFlow {
public:
  SyncTwins(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : CallFlow(Body, Models), Colors(Colors) {}

  void visit(const State &Now, const CFGElement &Element, const CFGBlock &);
  std::vector<SyncTwin> take() { return std::move(Found); }

private:
  const FunctionDecl *twinOf(const FunctionDecl &Callee) const;
  bool isTwin(const FunctionDecl &Callee, const FunctionDecl &Other) const;
  bool isPartOf(llvm::StringRef Twin) const;
  bool isKnownToLink(const FunctionDecl &Callee, unsigned Depth) const;

  const Coroutines &Colors;
  std::vector<SyncTwin> Found;
};

} // namespace

bool SyncTwins::isTwin(const FunctionDecl &Callee, const FunctionDecl &Other) const {
  unsigned Count = Callee.getNumParams();
  if (Other.getNumParams() < Count || Other.getMinRequiredArguments() > Count ||
      Other.isDeleted() || Other.getAccess() == AS_private ||
      !Colors.isAwaitable(Other.getReturnType()))
    return false;
  for (unsigned I = 0; I < Count; ++I)
    if (!isSame(Callee.getParamDecl(I)->getType(), Other.getParamDecl(I)->getType()))
      return false;
  return answersAlike(Callee.getReturnType(), taskResult(Other.getReturnType()));
}

const FunctionDecl *SyncTwins::twinOf(const FunctionDecl &Callee) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const DeclContext *Scope = Callee.getDeclContext()->getRedeclContext();
  if (Method)
    Scope = Method->getParent()->getDefinition();
  if (!Scope)
    return nullptr;
  for (const std::string &Pattern : Models.twinNames()) {
    llvm::SmallVector<const FunctionDecl *, 4> All;
    addNamed(*Scope, &Body.context().Idents.get(twinName(Pattern, Callee.getName())), All);
    for (const FunctionDecl *Other : All)
      if (isTwin(Callee, *Other))
        return Other;
  }
  return nullptr;
}

/// True when the body is part of \p Twin, or an overload of it: it may well be
/// written with the synchronous function.
bool SyncTwins::isPartOf(llvm::StringRef Twin) const {
  for (const DeclContext *Scope = &Body.function(); Scope; Scope = Scope->getParent())
    if (const auto *Around = dyn_cast<FunctionDecl>(Scope);
        Around && Around->getIdentifier() && Around->getName() == Twin)
      return true;
  return false;
}

/// True when all that \p Callee does is known: it calls nothing, and so never
/// waits, or it reaches what a model knows, which the linker reports.
bool SyncTwins::isKnownToLink(const FunctionDecl &Callee, unsigned Depth) const {
  const FunctionDecl *Defined = nullptr;
  if (Depth == 0 || !Callee.hasBody(Defined))
    return false;
  bool Calls = false;
  bool Known = anyPart(Defined->getBody(), [&](const Stmt &Part) {
    std::optional<CallSite> Site = CallSite::of(&Part);
    if (!Site || !Site->Callee || isa<CXXConstructExpr>(Part))
      return false;
    Calls = true;
    for (const model::FunctionRule *Rule : Models.rules(*Site))
      if (Rule->Does)
        return true;
    return Site->Callee->hasBody() && isKnownToLink(*Site->Callee, Depth - 1);
  });
  return Known || !Calls;
}

void SyncTwins::visit(const State &Now, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  std::optional<CallSite> Site = Statement && isa<CallExpr>(Statement->getStmt())
                                     ? CallSite::of(Statement->getStmt())
                                     : std::nullopt;
  if (Now.OffLoop || !Site || !Site->Callee || !Site->Callee->getIdentifier() ||
      Site->Callee->getName().empty())
    return;
  if (const model::FunctionRule *Rule = rule(*Site, Now)) {
    // What blocks for sure is reported as a blocking call.
    if (!Rule->Twin.empty() && (!Rule->Does || Rule->Does->Sure == facts::Confidence::Low))
      Found.push_back({Site->Call, Site->Callee, nullptr, Rule->Twin});
    return;
  }
  if (Colors.isAwaitable(Site->Callee->getReturnType()) ||
      (Site->Object && Now.NonBlocking.contains(namedValue(Site->Object))))
    return;
  const FunctionDecl *Twin = twinOf(*Site->Callee);
  if (Twin && !isPartOf(Twin->getName()) && !isKnownToLink(*Site->Callee, 3))
    Found.push_back({Site->Call, Site->Callee, Twin, Twin->getNameAsString() + "()"});
}

std::vector<SyncTwin> findSyncTwins(const FunctionBody &Body, const model::Model &Models,
                                    const Coroutines &Colors) {
  if (Body.kind() != facts::Kind::Coroutine)
    return {};
  SyncTwins Twins(Body, Models, Colors);
  runForward(Body, Twins);
  return Twins.take();
}

} // namespace corolint
