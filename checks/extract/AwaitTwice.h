// AwaitTwice.h - tasks that are used up twice
#ifndef COROLINT_CHECKS_EXTRACT_AWAITTWICE_H
#define COROLINT_CHECKS_EXTRACT_AWAITTWICE_H

#include "checks/extract/TaskUses.h"

namespace corolint {

/// A task that is taken although it was taken before.
struct SecondUse {
  enum class How : std::uint8_t { Awaited, Moved, Asked };
  const clang::ValueDecl *Variable = nullptr;
  How First = How::Awaited, Second = How::Awaited;
  clang::SourceRange FirstPlace, SecondPlace;
  bool InLoop = false;  ///< it is one use, which a loop comes back to
  bool Certain = false; ///< no condition lies between the first and the second
};

/// Follows single-shot tasks: those that an await, a move or get() uses up.
/// Run it with runForward().
class AwaitTwice {
public:
  /// What is known of one task.
  struct Task {
    enum Bits : std::uint8_t { Fresh = 1, Used = 2 };
    std::uint8_t Holds = Fresh;
    const clang::DeclRefExpr *By = nullptr; ///< what used it first
  };
  using State = llvm::SmallVector<Task, 4>;

  AwaitTwice(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors);

  bool isNeeded() const { return !Names.variables().empty(); }

  State entry() const { return State(Names.variables().size()); }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &Now, const clang::CFGBlock &From, bool Taken) const;
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &Block);
  void finish(const State &) const {}

  std::vector<SecondUse> take() { return std::move(Found); }

private:
  enum class Effect : std::uint8_t { None, UsesUp, Unclear };
  Effect effect(const clang::DeclRefExpr &Use, SecondUse::How &How) const;
  Effect givenTo(const TaskUse &Use) const;
  Effect asked(const TaskUse &Use) const;
  bool isShared(const clang::ValueDecl &Variable) const;
  bool isConditional(const clang::Stmt &Second, const clang::Stmt &First) const;

  const FunctionBody &Body;
  const model::Model &Models;
  TaskNames Names;
  TaskUses Uses;
  std::vector<SecondUse> Found;
};

/// The tasks of \p Body that are used up twice.
std::vector<SecondUse> findSecondUses(const FunctionBody &Body, const model::Model &Models,
                                      const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_AWAITTWICE_H
