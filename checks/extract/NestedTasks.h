// NestedTasks.h - tasks that are the results of tasks
#ifndef COROLINT_CHECKS_EXTRACT_NESTEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_NESTEDTASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A task that another task, or a thread, gives as its result.
struct NestedTask {
  enum class How : std::uint8_t {
    Returned, ///< a coroutine co_returns it
    GivenOn,  ///< the outer task is run or spawned: nobody sees the inner one
    Made,     ///< a function given to a thread returns it
  };
  const clang::Expr *Value = nullptr; ///< the inner task, or the outer call
  const clang::FunctionDecl *Taker = nullptr; ///< GivenOn, Made: the function
  How Nested = How::Returned;
};

/// Finds them in a function. Run it with runForward().
class NestedTasks {
public:
  struct State {};

  NestedTasks(const FunctionBody &Body, const model::Model &Models,
              const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const clang::CFGElement &) const {}
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(State, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(State) const {}

  std::vector<NestedTask> take() { return std::move(Found); }

private:
  bool isPending(clang::QualType Type) const;
  void leave(const clang::Expr &Operand);
  void call(const CallSite &Site);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<NestedTask> Found;
};

std::vector<NestedTask> findNestedTasks(const FunctionBody &Body,
                                        const model::Model &Models,
                                        const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_NESTEDTASKS_H
