// GuardTypes.cpp - types that are locks, and types that hold them
#include "checks/extract/GuardTypes.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

bool isMutex(QualType Type, const model::Model &Models) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const model::TypeRule *Rule = Models.type(Type);
  return Rule && Rule->Mutex;
}

/// True when a template argument of \p Record is a mutex that models list, or
/// when the guard has none and its constructors take one.
static bool isOverMutex(const CXXRecordDecl &Record, const model::Model &Models) {
  auto Over = [&](auto &&Self, ArrayRef<TemplateArgument> Arguments) -> bool {
    return llvm::any_of(Arguments, [&](const TemplateArgument &Argument) {
      if (Argument.getKind() == TemplateArgument::Pack)
        return Self(Self, Argument.pack_elements());
      return Argument.getKind() == TemplateArgument::Type &&
             isMutex(Argument.getAsType(), Models);
    });
  };
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record);
  if (Special)
    return Over(Over, Special->getTemplateArgs().asArray());
  return llvm::any_of(Record.ctors(), [&](const CXXConstructorDecl *One) {
    return llvm::any_of(One->parameters(), [&](const ParmVarDecl *Parameter) {
      return isMutex(Parameter->getType(), Models);
    });
  });
}

static bool holdsGuard(const CXXRecordDecl &Container, const model::Model &Models,
                       unsigned Depth) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Container);
  return Special &&
         llvm::any_of(Special->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &Argument) {
                        return Argument.getKind() == TemplateArgument::Type &&
                               guarding(Argument.getAsType(), Models, Depth - 1) !=
                                   Guarding::None;
                      });
}

Guarding guarding(QualType Type, const model::Model &Models, unsigned Depth) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Depth == 0)
    return Guarding::None;
  Record = Record->getDefinition();
  if (const model::TypeRule *Rule = Models.type(*Record)) {
    if (Rule->Container)
      return holdsGuard(*Record, Models, Depth) ? Guarding::ByMember : Guarding::None;
    if (!Rule->Guard || (Rule->Guard->OfMutex && !isOverMutex(*Record, Models)))
      return Guarding::None;
    return Guarding::Certain;
  }
  if (Record->isInStdNamespace() || Record->isLambda())
    return Guarding::None;
  bool Holds = llvm::any_of(Record->fields(), [&](const FieldDecl *Field) {
    return guarding(Field->getType(), Models, Depth - 1) != Guarding::None;
  });
  return Holds ? Guarding::ByMember : Guarding::None;
}

} // namespace corolint
