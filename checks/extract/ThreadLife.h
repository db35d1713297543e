// ThreadLife.h - functions that are given to threads, and their joins
#ifndef COROLINT_CHECKS_EXTRACT_THREADLIFE_H
#define COROLINT_CHECKS_EXTRACT_THREADLIFE_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// A call that runs a callable on another thread.
struct ThreadStart {
  const clang::Expr *Place = nullptr;
  const clang::Expr *Callable = nullptr;
  /// A loop may run, or this function may end, before the thread is joined.
  bool Concurrent = true;
};

/// The threads that \p Body starts, and the work that it gives to pools.
std::vector<ThreadStart> findThreadStarts(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_THREADLIFE_H
