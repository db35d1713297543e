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

/// Finds them in a function. Run it with runForward().
class VoidCallbacks {
public:
  struct State {};

  VoidCallbacks(const FunctionBody &Body, const model::Model &Models,
                const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const clang::CFGElement &) const {}
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(State, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(State) const {}

  std::vector<VoidCallback> take() { return std::move(Found); }

private:
  void construct(const clang::CXXConstructExpr &Made);
  void fill(const CallSite &Site);
  void pass(const CallSite &Site);
  void add(const clang::Expr *Callable, const clang::NamedDecl &Taker, bool Certain);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<VoidCallback> Found;
};

std::vector<VoidCallback> findVoidCallbacks(const FunctionBody &Body,
                                            const model::Model &Models,
                                            const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_VOIDCALLBACKS_H
