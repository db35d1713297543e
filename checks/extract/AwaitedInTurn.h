// AwaitedInTurn.h - tasks that run together and are awaited one by one
#ifndef COROLINT_CHECKS_EXTRACT_AWAITEDINTURN_H
#define COROLINT_CHECKS_EXTRACT_AWAITEDINTURN_H

#include "checks/extract/TaskUses.h"

namespace corolint {

/// Tasks of one block that all run before the first of them is awaited.
struct AwaitedInTurn {
  struct Task {
    const clang::ValueDecl *Variable = nullptr;
    clang::SourceRange Await;
  };
  /// In the order of their awaits. One container counts as many tasks.
  std::vector<Task> Tasks;
  bool IsContainer = false;
};

/// The tasks that \p Body, a coroutine, starts together and awaits in turn, with
/// no handler around an await. Tasks with any other use are left out.
std::vector<AwaitedInTurn> findAwaitedInTurn(const FunctionBody &Body, const model::Model &Models,
                                             const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_AWAITEDINTURN_H
