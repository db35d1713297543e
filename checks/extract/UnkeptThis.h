// UnkeptThis.h - tasks that use an object which nothing keeps alive
#ifndef COROLINT_CHECKS_EXTRACT_UNKEPTTHIS_H
#define COROLINT_CHECKS_EXTRACT_UNKEPTTHIS_H

#include "checks/extract/ReferenceFlow.h"

namespace corolint {

class Analysis;
class FunctionBody;

/// A method leaves a task running that uses `*this`.
struct UnkeptThis {
  /// The call that makes the task; null when the method is a coroutine that
  /// nobody can wait for.
  const clang::Expr *Task = nullptr;
  const clang::Stmt *Spawn = nullptr; ///< where it is started
  const clang::FunctionDecl *Callee = nullptr;
  const clang::Expr *Use = nullptr; ///< of the object, after a suspension
};

/// The tasks of \p Body that use its object with nothing to keep it: no shared
/// owner goes with them, no member owns them, and no destructor may wait.
std::vector<UnkeptThis> findUnkeptThis(const Analysis &Unit, const FunctionBody &Body);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_UNKEPTTHIS_H
