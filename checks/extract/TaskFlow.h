// TaskFlow.h - what becomes of named tasks
#ifndef COROLINT_CHECKS_EXTRACT_TASKFLOW_H
#define COROLINT_CHECKS_EXTRACT_TASKFLOW_H

#include "checks/extract/TaskUses.h"

namespace corolint {

/// A named task whose work is lost.
struct UnawaitedTask {
  enum class How : std::uint8_t {
    Never,       ///< nothing in the function takes it
    SomePath,    ///< something does, but not on every path
    Overwritten, ///< another task is assigned over it
  };
  const clang::ValueDecl *Variable = nullptr;
  TaskType Task;
  How Lost = How::Never;
  bool Certain = true; ///< it is lost whenever the place is reached
  bool IsContainer = false;
  bool IsParameter = false;
  clang::SourceRange Overwriter; ///< Overwritten: the assignment
  /// Functions of other units must only look at it.
  std::vector<facts::Condition> OnlyIf;
};

/// Follows the tasks that a function's locals, bindings, parameters and local
/// containers hold, from where they get one to where it is awaited, given away
/// or destroyed. What it cannot follow counts as given away.
class TaskFlow {
public:
  /// What a variable may hold, one bit each.
  enum Holds : std::uint8_t { Nothing = 1, Work = 2, Gone = 4 };
  using State = llvm::SmallVector<std::uint8_t, 8>;

  TaskFlow(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors,
           const Summaries &Known);

  /// False when the function has no variable to follow.
  bool isNeeded() const { return !Fates.empty(); }

  State entry() const;
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &Now, const clang::CFGBlock &From, bool Taken) const;
  /// What an exception leaves behind is not followed.
  void raise(State &Now) const { Now.assign(Now.size(), Nothing); }
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &Block);
  void finish(const State &AtExit);

  std::vector<UnawaitedTask> take();

private:
  /// What happens to one variable anywhere.
  struct Fate {
    bool Consumed = false;
    bool LostSomewhere = false;
    std::vector<facts::Condition> OnlyIf;
  };
  std::optional<unsigned> index(const clang::ValueDecl *Named) const { return Names.index(Named); }
  std::uint8_t initialState(const State &Now, const TaskVariable &Of,
                            const clang::Expr *Init) const;
  UnawaitedTask report(unsigned Which, UnawaitedTask::How Lost) const;

  TaskNames Names;
  TaskUses Uses;
  std::vector<Fate> Fates;
  std::vector<UnawaitedTask> Overwritten;
};

/// The named tasks that are lost in \p Body.
std::vector<UnawaitedTask> findUnawaitedTasks(const FunctionBody &Body, const model::Model &Models,
                                              const Coroutines &Colors, const Summaries &Known);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKFLOW_H
