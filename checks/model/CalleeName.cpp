// CalleeName.cpp - what messages call the callee of a call
#include "checks/model/CalleeName.h"

#include "checks/model/CallSite.h"
#include "checks/model/Names.h"

#include "clang/AST/Decl.h"

namespace corolint {

std::string calleeName(const CallSite &Site) {
  const clang::VarDecl *Object = Site.functionObject();
  return Object ? qualifiedName(*Object) : displayName(*Site.Callee);
}

} // namespace corolint
