// DetachedTasks.h - tasks that are started and left alone
#ifndef COROLINT_CHECKS_EXTRACT_DETACHEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_DETACHEDTASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A task that was given to a loop, and nobody sees how it ends.
struct DetachedTask {
  enum class How : std::uint8_t {
    Detached,       ///< the call says so
    HandleDropped,  ///< nobody takes the handle that the call returns
    HandleUnused,   ///< a variable takes it, and serves for nothing
    HandlerIgnores, ///< a handler hears of errors, and does not look
  };
  const clang::Expr *Call = nullptr;
  const clang::NamedDecl *Starter = nullptr; ///< the function that starts it
  How Left = How::Detached;
  const clang::VarDecl *Variable = nullptr; ///< HandleUnused
  const clang::Expr *Handler = nullptr;     ///< HandlerIgnores
};

/// Finds them in a function. A coroutine that handles its own errors needs
/// nobody; nor do those that live as long as the program. Run it with
/// runForward().
class DetachedTasks {
public:
  struct State {};

  DetachedTasks(const FunctionBody &Body, const model::Model &Models,
                const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const clang::CFGElement &) const {}
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(State, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(State) const {}

  std::vector<DetachedTask> take();

private:
  void start(const CallSite &Site, const model::ConsumeRule &Use,
             const clang::Expr *Work, const clang::Expr *Handler);
  std::optional<DetachedTask::How> handle(const CallSite &Site,
                                          const clang::VarDecl *&Variable) const;
  bool isWrapper(const clang::Expr *Work) const;

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<DetachedTask> Found;
  bool RunsLoop = false; ///< the function runs the loop itself
};

std::vector<DetachedTask> findDetachedTasks(const FunctionBody &Body,
                                            const model::Model &Models,
                                            const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DETACHEDTASKS_H
