// UncheckedResults.h - results taken from tasks that may have failed
#ifndef COROLINT_CHECKS_EXTRACT_UNCHECKEDRESULTS_H
#define COROLINT_CHECKS_EXTRACT_UNCHECKEDRESULTS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"
#include "checks/model/Model.h"

#include "llvm/ADT/SmallPtrSet.h"

#include <set>

namespace clang {
class CallExpr;
class CXXForRangeStmt;
} // namespace clang

namespace corolint {

/// A call that throws when the finished task has failed, where nothing has asked
/// for that and no handler is near.
struct UncheckedResult {
  const clang::FunctionDecl *Function = nullptr; ///< that holds the call
  const clang::Expr *Call = nullptr;
  const clang::FunctionDecl *Getter = nullptr;
  bool InCallback = false; ///< else in a loop over several tasks
};

/// Follows which of some variables were asked whether they failed. Run it with
/// runForward().
class UncheckedResults {
public:
  using State = std::set<const clang::ValueDecl *>; ///< asked, on every path

  /// \p Callback: the parameters of \p Body are finished tasks; else the
  /// variables of its range-for loops are.
  UncheckedResults(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors,
                   bool Callback);

  bool isNeeded() const { return !Finished.empty(); }

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(const State &) const {}

  std::vector<UncheckedResult> take() { return std::move(Found); }

private:
  bool isHandled(const clang::Stmt &Call) const;

  const FunctionBody &Body;
  const model::Model &Models;
  bool Callback;
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> Finished;
  std::vector<UncheckedResult> Found;
};

/// The unchecked results in the loops of \p Body, and in the callbacks that it
/// hands out and that are given a finished task.
std::vector<UncheckedResult> findUncheckedResults(const FunctionBody &Body,
                                                  const model::Model &Models,
                                                  const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_UNCHECKEDRESULTS_H
