// Instances.cpp - the instantiations of templates that have a finding
#include "checks/extract/Instances.h"

#include "checks/extract/Functions.h"
#include "checks/model/Names.h"

#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint {

void Instances::add(const FunctionDecl &Function) {
  if (isInstance(Function))
    ++Count[Function.getLocation()];
}

/// The name with template arguments; of a lambda, that of the function around it.
static std::string nameOf(const FunctionDecl &Function) {
  const FunctionDecl *Named = &Function;
  for (const DeclContext *Scope = &Function; Scope; Scope = Scope->getParent()) {
    const auto *Outer = dyn_cast<FunctionDecl>(Scope);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Outer);
    if (Outer)
      Named = Outer;
    if (Outer && !(Method && Method->getParent()->isLambda()))
      break;
  }
  return instanceName(*Named);
}

std::string Instances::describe(llvm::ArrayRef<const FunctionDecl *> Having) const {
  llvm::SmallPtrSet<const FunctionDecl *, 8> Different(Having.begin(), Having.end());
  unsigned All = Different.empty() ? 0 : Count.lookup(Having.front()->getLocation());
  if (Different.size() >= All)
    return "";
  std::string Out = "in " + std::to_string(Different.size()) + " of " + std::to_string(All) +
                    " instantiations: '" + nameOf(*Having.front()) + "'";
  if (Different.size() > 1)
    Out += " and " + std::to_string(Different.size() - 1) + " more";
  return Out;
}

} // namespace corolint
