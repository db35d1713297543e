// DanglingReferences.h - tasks that refer to what dies before they end
#ifndef COROLINT_CHECKS_EXTRACT_DANGLINGREFERENCES_H
#define COROLINT_CHECKS_EXTRACT_DANGLINGREFERENCES_H

#include "checks/extract/ReferenceFlow.h"

namespace corolint {

class Analysis;
class FunctionBody;

/// A task that refers to a temporary or to a local and may run when that is gone.
struct DanglingReference {
  enum class How : std::uint8_t {
    Kept,     ///< a variable that lives longer holds the task
    Returned, ///< the function returns the task
    Spawned,  ///< the loop has the task, and nobody here waits for it
    Stored,   ///< a member, a global or a container has the task
    Dropped,  ///< a call destroys the closure once it has returned a task
  };
  How Where = How::Kept;
  ReferenceEnd End;
  const clang::Expr *Temporary = nullptr; ///< or null
  const clang::VarDecl *Local = nullptr;  ///< or null
  bool Certain = true;                    ///< the task is not waited for on any path
  /// The closure whose captures are read later, or null.
  const clang::CXXRecordDecl *Closure = nullptr;
  /// The use that comes too late, when the coroutine's body is here.
  const clang::Expr *Use = nullptr;
};

/// What becomes of the task of \p One, as a note says it.
std::string describeEnd(const DanglingReference &One);

/// The dangling references that \p Body makes, at most one for each task.
std::vector<DanglingReference> findDanglingReferences(const Analysis &Unit,
                                                      const FunctionBody &Body);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DANGLINGREFERENCES_H
