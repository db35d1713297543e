// ThreadValues.h - what belongs to one thread and outlives a suspension
#ifndef COROLINT_CHECKS_EXTRACT_THREADVALUES_H
#define COROLINT_CHECKS_EXTRACT_THREADVALUES_H

#include "checks/extract/AcrossSuspension.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A value of the thread before a suspension that is used after it.
struct ThreadValue {
  enum class Kind : std::uint8_t {
    Reference, ///< a local refers to a thread_local variable
    Result,    ///< a local holds what a function said of the thread
    Written,   ///< a thread_local variable was set, and is read
    Error,     ///< errno and its like, after an await that gives nothing
  };
  Kind What = Kind::Reference;
  std::string Name;   ///< of the local or the variable
  std::string Source; ///< of the variable or the function it comes from
  const clang::Expr *From = nullptr;
  const clang::Expr *Suspension = nullptr;
  const clang::Expr *Use = nullptr;
};

/// Finds them in the coroutine \p Body. With \p OneThread, and for a type whose
/// coroutines stay on one thread, only what others there change counts: what was
/// Written, and the Error.
std::vector<ThreadValue> findThreadValues(const FunctionBody &Body, const model::Model &Models,
                                          const Coroutines &Colors, bool OneThread);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_THREADVALUES_H
