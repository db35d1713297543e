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

/// Finds such tasks: those made on the spot, and those in a variable that is
/// not used for anything else. A variable that is, may be asked whether it holds
/// a task. Run it with runForward().
class TaskTests {
public:
  struct State {};

  TaskTests(const FunctionBody &Body, const model::Model &Models,
            const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const clang::CFGElement &) const {}
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(State, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(State) const {}

  std::vector<TaskTest> take();

private:
  void convert(const clang::CXXMemberCallExpr &Conversion);
  void apply(const clang::CXXOperatorCallExpr &Operator);
  void show(const clang::Stmt &Call);
  void add(const clang::Expr *Value, TaskTest::How Used);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<TaskTest> Found;
  /// How often a variable is named in all.
  llvm::DenseMap<const clang::VarDecl *, unsigned> Uses;
};

std::vector<TaskTest> findTaskTests(const FunctionBody &Body,
                                    const model::Model &Models,
                                    const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKTESTS_H
