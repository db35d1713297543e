// ThreadPools.cpp - classes that are called pools of threads
#include "checks/model/ThreadPools.h"

#include "checks/model/CallSite.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

bool isThreadPool(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->getIdentifier())
    return false;
  std::string Name = Record->getName().lower();
  return Name.find("threadpool") != std::string::npos ||
         Name.find("thread_pool") != std::string::npos;
}

bool asksForThread(const Expr *Awaited) {
  Awaited = strip(Awaited);
  if (isThreadPool(Awaited->getType()))
    return true;
  std::optional<CallSite> Site =
      isa<CXXMemberCallExpr>(Awaited) ? CallSite::of(Awaited) : std::nullopt;
  return Site && Site->Object && Site->Arguments.empty() &&
         isThreadPool(strip(Site->Object)->getType());
}

} // namespace corolint
