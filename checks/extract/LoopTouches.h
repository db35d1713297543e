// LoopTouches.h - uses of a loop's objects from other threads
#ifndef COROLINT_CHECKS_EXTRACT_LOOPTOUCHES_H
#define COROLINT_CHECKS_EXTRACT_LOOPTOUCHES_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

#include <string>

namespace corolint {

/// A call that only the thread of a loop may make, made by another thread.
struct LoopTouch {
  clang::SourceRange Where;
  std::string Called; ///< "boost::asio::basic_waitable_timer::cancel"
  std::string Object; ///< the name of what it is called on; may be empty
  const clang::FunctionDecl *In = nullptr;
  /// Where the function that runs on the thread is given to it, or the switch
  /// of a coroutine to a pool is awaited.
  clang::SourceRange Started;
  bool Switched = false;
};

/// What \p Body does with objects of a loop after a switch to a pool, and what
/// the functions do that it gives to threads. Objects of the thread's own are
/// left out, as is a thread that runs a loop or that is joined before a loop
/// can run.
std::vector<LoopTouch> findLoopTouches(const FunctionBody &Body, const model::Model &Models,
                                       const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LOOPTOUCHES_H
