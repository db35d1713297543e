// ClangVersion.h - what the supported versions of Clang call by other names
//
// The rest of checks/ is written for the newest one, and asks here.
#ifndef COROLINT_CHECKS_MODEL_CLANGVERSION_H
#define COROLINT_CHECKS_MODEL_CLANGVERSION_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/Version.h"

#include <optional>

namespace corolint {

/// The class as a type.
inline clang::QualType classType(const clang::CXXRecordDecl &Class) {
#if CLANG_VERSION_MAJOR >= 22
  return Class.getASTContext().getCanonicalTagType(&Class);
#else
  return Class.getASTContext().getRecordType(&Class);
#endif
}

/// The type of `&Class::Method`.
inline clang::QualType memberPointerType(const clang::CXXMethodDecl &Method) {
  const clang::ASTContext &Context = Method.getASTContext();
#if CLANG_VERSION_MAJOR >= 22
  return Context.getMemberPointerType(Method.getType(), std::nullopt, Method.getParent());
#else
  return Context.getMemberPointerType(Method.getType(),
                                      classType(*Method.getParent()).getTypePtr());
#endif
}

/// True for a diagnostic that Clang's own tables do not list.
inline bool isCustomDiagnostic(unsigned Id) {
#if CLANG_VERSION_MAJOR >= 22
  return clang::DiagnosticIDs::IsCustomDiag(Id);
#else
  return Id >= clang::diag::DIAG_UPPER_LIMIT;
#endif
}

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_CLANGVERSION_H
