// SwallowedCancellations.h - handlers that take cancellation and go on
#ifndef COROLINT_CHECKS_EXTRACT_SWALLOWEDCANCELLATIONS_H
#define COROLINT_CHECKS_EXTRACT_SWALLOWEDCANCELLATIONS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

#include <set>

namespace clang {
class CXXCatchStmt;
class CXXTryStmt;
} // namespace clang

namespace corolint {

/// A handler after which a cancelled coroutine goes on.
struct SwallowedCancellation {
  const clang::CXXTryStmt *Try = nullptr;
  const clang::CXXCatchStmt *Handler = nullptr;
  const clang::Expr *Cancelled = nullptr; ///< the co_await that throws
  /// Where it suspends next; null when it ends as if it was not cancelled.
  const clang::Expr *Next = nullptr;
  bool Named = false;    ///< the handler is for cancellation alone
  bool Again = false;    ///< it suspends next in the same try block
  bool EndsLoop = false; ///< of a loop in the try block, which goes on no more
  /// The class thrown stands for other errors as well.
  bool AnyError = false;
  const clang::CXXRecordDecl *Thrown = nullptr; ///< or null where it is not known
};

/// Follows a coroutine from its handlers to where it suspends next. Run it with
/// runForward().
class SwallowFlow {
public:
  /// The handlers, by number, that have run since the last suspension.
  using State = std::set<unsigned>;

  SwallowFlow(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors);

  /// False when no handler takes cancellation, or the function itself cancels.
  bool isNeeded() const { return !Suspects.empty(); }

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &Now, const clang::CFGBlock &From, bool Taken) const;
  void raise(State &Now) const { Now.clear(); }
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &Block);
  void finish(const State &AtExit);

  std::vector<SwallowedCancellation> take();

private:
  void suspect(const clang::Expr &Await);
  /// The handler of \p Try that takes cancellation first, if one does.
  std::optional<SwallowedCancellation> taker(const clang::CXXTryStmt &Try) const;
  bool isDeliberate(const SwallowedCancellation &One) const;
  bool has(const clang::Stmt &Call, bool model::FunctionRule::*Flag) const;
  /// True when another coroutine may be what was cancelled.
  bool isHandle(const clang::Expr &Await) const;

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  const model::TypeRule *Own = nullptr; ///< how this coroutine is cancelled
  const clang::CXXRecordDecl *OwnClass = nullptr;
  std::vector<SwallowedCancellation> Suspects;
  std::set<unsigned> Ends; ///< of them, those that reach the end
};

/// The handlers of the coroutine \p Body that swallow its cancellation.
std::vector<SwallowedCancellation> findSwallowedCancellations(const FunctionBody &Body,
                                                              const model::Model &Models,
                                                              const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_SWALLOWEDCANCELLATIONS_H
