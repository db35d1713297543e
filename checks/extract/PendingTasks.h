// PendingTasks.h - what wait() leaves running, and nobody takes
#ifndef COROLINT_CHECKS_EXTRACT_PENDINGTASKS_H
#define COROLINT_CHECKS_EXTRACT_PENDINGTASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
class CoawaitExpr;
} // namespace clang

namespace corolint {

/// An awaited call that may leave tasks running, of which the function takes
/// no notice.
struct IgnoredPending {
  const clang::Expr *Call = nullptr;
  std::string Member; ///< of the result, where those tasks are
  /// The binding that names them, or null.
  const clang::ValueDecl *Named = nullptr;
  bool LookedAt = false; ///< their number is asked for, and no more
  bool Certain = true;   ///< the call's conditions are seen
};

/// Follows the results of such calls. Tasks that someone else holds are his:
/// those that come by reference, from a member, or that a group owns. Run it
/// with runForward().
class PendingTasks {
public:
  using State = llvm::BitVector; ///< the calls that were awaited

  PendingTasks(const FunctionBody &Body, const model::Model &Models);

  bool isNeeded() const { return !Waits.empty(); }

  State entry() const { return State(Waits.size()); }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(const State &) const {}

  std::vector<IgnoredPending> take() const;

private:
  struct Wait {
    IgnoredPending Found;
    const clang::CoawaitExpr *Await = nullptr;
    const clang::ValueDecl *Result = nullptr; ///< holds all that the call gave
    /// Variables that still hold the same tasks.
    llvm::SmallPtrSet<const clang::ValueDecl *, 4> Sources;
    bool Taken = false;
  };
  enum class Holder : std::uint8_t { Nobody, Perhaps, Other };

  void add(const clang::CoawaitExpr &Await);
  bool findResult(Wait &To) const;
  static Holder keeperOf(const CallSite &Site);
  /// Who may hold the tasks that \p Value gives, besides this function.
  Holder holderOf(const clang::Stmt *Value, unsigned Depth) const;
  bool findSources(Wait &To, const clang::Expr &Range) const;
  bool hasGroup() const;
  void mention(Wait &Of, const clang::DeclRefExpr &Use) const;

  const FunctionBody &Body;
  const model::Model &Models;
  std::vector<Wait> Waits;
};

/// The calls in \p Body whose pending tasks are ignored.
std::vector<IgnoredPending> findIgnoredPending(const FunctionBody &Body,
                                               const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_PENDINGTASKS_H
