// GroupHandlers.h - handlers that miss what a task group throws
#ifndef COROLINT_CHECKS_EXTRACT_GROUPHANDLERS_H
#define COROLINT_CHECKS_EXTRACT_GROUPHANDLERS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

namespace clang {
class CXXCatchStmt;
class CXXRecordDecl;
class CXXTryStmt;
} // namespace clang

namespace corolint {

/// A handler for an error that arrives only inside a group of errors.
struct GroupHandler {
  const clang::CXXCatchStmt *Handler = nullptr;
  const clang::CXXRecordDecl *Error = nullptr; ///< what it names
  const clang::Expr *Await = nullptr;          ///< where the group throws
  std::string Group;                           ///< the class that is thrown
  bool Certain = true; ///< nothing else in the try block may throw the error
};

/// The handlers in \p Body that wait in vain for an error of a group's task.
std::vector<GroupHandler> findGroupHandlers(const FunctionBody &Body, const model::Model &Models,
                                            const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_GROUPHANDLERS_H
