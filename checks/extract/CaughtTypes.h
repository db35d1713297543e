// CaughtTypes.h - what the handlers of a try block take
#ifndef COROLINT_CHECKS_EXTRACT_CAUGHTTYPES_H
#define COROLINT_CHECKS_EXTRACT_CAUGHTTYPES_H

#include "checks/extract/FunctionBody.h"

#include "llvm/ADT/SmallVector.h"

namespace clang {
class CXXCatchStmt;
class CXXRecordDecl;
class CXXTryStmt;
} // namespace clang

namespace corolint {

/// The class with the qualified name \p Name, or null where the unit has none.
const clang::CXXRecordDecl *classNamed(const clang::ASTContext &Context, llvm::StringRef Name);

/// The class that \p Handler names; null for `catch (...)` and for others.
const clang::CXXRecordDecl *caughtClass(const clang::CXXCatchStmt &Handler);

/// True when \p Class is \p Other or derives from it.
bool isOrDerivesFrom(const clang::CXXRecordDecl &Class, const clang::CXXRecordDecl &Other);

/// True when \p Handler takes what is thrown as a \p Thrown.
bool takes(const clang::CXXCatchStmt &Handler, const clang::CXXRecordDecl &Thrown);

/// The try blocks that \p Part is in, not in their handlers, innermost first.
llvm::SmallVector<const clang::CXXTryStmt *, 2> triesAround(const clang::Stmt &Part,
                                                            const FunctionBody &Body);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CAUGHTTYPES_H
