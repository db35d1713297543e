// TaskTests.h - tasks that are used as if they were their results
#ifndef COROLINT_CHECKS_EXTRACT_TASKTESTS_H
#define COROLINT_CHECKS_EXTRACT_TASKTESTS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

#include "llvm/ADT/DenseMap.h"

namespace corolint {

/// A task that is tested, compared or printed, and then gone.
struct TaskTest {
  enum class How : std::uint8_t { Tested, Compared, Converted, Shown };
  const clang::Expr *Value = nullptr;
  /// Null when the task is made on the spot.
  const clang::VarDecl *Variable = nullptr;
  TaskType Task;
  How Used = How::Tested;
  bool CanAwait = false; ///< `co_await` may stand before Value
};

std::vector<TaskTest> findTaskTests(const FunctionBody &Body, const model::Model &Models,
                                    const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKTESTS_H
