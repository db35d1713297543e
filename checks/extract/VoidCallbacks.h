// VoidCallbacks.h - callables whose task nobody takes
#ifndef COROLINT_CHECKS_EXTRACT_VOIDCALLBACKS_H
#define COROLINT_CHECKS_EXTRACT_VOIDCALLBACKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A callable that returns a task, given to something that drops the task.
struct VoidCallback {
  const clang::Expr *Callable = nullptr;
  TaskType Task;
  /// What drops it: a function, a function object or a class.
  const clang::NamedDecl *Taker = nullptr;
  bool Certain = true; ///< the taker is known to look at no result
};

std::vector<VoidCallback> findVoidCallbacks(const FunctionBody &Body, const model::Model &Models,
                                            const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_VOIDCALLBACKS_H
