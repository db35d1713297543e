// CallExtractor.h - the call edges of one function
#ifndef COROLINT_CHECKS_EXTRACT_CALLEXTRACTOR_H
#define COROLINT_CHECKS_EXTRACT_CALLEXTRACTOR_H

#include "checks/extract/CallState.h"
#include "checks/extract/Sources.h"
#include "checks/model/Coroutine.h"

#include "llvm/ADT/DenseSet.h"

#include <set>

namespace corolint {

/// The check that reports the effect, and that NOLINT comments at calls name.
const char *reportingCheck(facts::Effect What);

/// Lists what a function calls, with what the linker needs to know of each
/// call. Run it with runForward().
class CallExtractor : public CallFlow {
public:
  CallExtractor(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors,
                Sources &Text);

  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &Block);

  /// The calls found, in source order.
  std::vector<facts::Call> take();

private:
  void visitCall(const State &Before, const CallSite &Site, clang::SourceRange Where,
                 const clang::CFGBlock &Block);
  /// The calls in a default argument or default member initialiser, which the
  /// expression at \p Where evaluates.
  void visitDefault(const State &Before, const clang::Stmt *Written, clang::SourceRange Where,
                    const clang::CFGBlock &Block);
  /// The end of what the call \p Made returned, kept in \p Variable or nowhere;
  /// true when waiting there is what it does.
  bool visitResult(const State &Before, const clang::VarDecl *Variable, const clang::Expr *Made,
                   clang::SourceRange Where, const clang::CFGBlock &Block);
  void visitDestruction(const State &Before, clang::QualType Type, clang::SourceRange Where,
                        const clang::CFGBlock &Block, unsigned Depth);
  /// Fills what depends on the rule; true when the callee's body matters too.
  bool applyRule(facts::Call &Out, const CallSite &Site, const model::FunctionRule &Rule,
                 const State &Before);
  /// The same for attributes of the callee.
  bool applyAnnotations(facts::Call &Out, const CallSite &Site);
  /// True for a coroutine that may be there to run the loop: nothing says that
  /// it is on one already.
  bool mayDriveLoop(const facts::Sink &What, const State &Before) const;
  bool wasAwaited(const clang::Expr *Value) const;
  bool isThere(const clang::Expr *Waited, const State &Before) const;
  void addCallables(facts::Call &Out, const CallSite &Site, const model::FunctionRule *Rule);
  void addArguments(facts::Call &Out, const CallSite &Site);
  void setTarget(facts::Call &Out, const CallSite &Site);
  /// The task whose handle \p Handle is, as in `pool.resume(task.handle())`;
  /// else \p Handle.
  const clang::Expr *taskOfHandle(const clang::Expr &Handle) const;
  void markTasks(const CallSite &Site, const model::FunctionRule &Rule);
  void markTask(const clang::Expr &Given, bool Main, bool Thread);
  /// Lowers the confidence in what \p Out reaches.
  static void doubt(facts::Call &Out);
  /// Leaves out of Calls, from \p First on, what the destruction at \p Element
  /// only may wait for, when nothing is left to wait for, and all when there is none.
  void forgive(std::size_t First, const clang::CFGElement &Element);
  void addOnce(const clang::DeclStmt &Declared);
  void markOnce(const clang::Stmt *Initialiser);
  /// False where a path only leads to another program in the place of this one.
  bool staysInProgram(const clang::CFGBlock &Block) const {
    return Stays.empty() || Stays[Block.getBlockID()];
  }
  /// True when nothing but the body of \p Callee, which may be in another unit,
  /// says what it does.
  bool isUnmodelled(const clang::FunctionDecl &Callee) const;
  facts::Call start(const State &Before, clang::SourceRange Where, const clang::CFGBlock &Block);

  const Coroutines &Colors;
  Sources &Text;
  std::vector<facts::Call> Calls;
  std::vector<bool> Stays; ///< by block; empty: all
  bool Suspends = false;   ///< a co_await or co_yield is reached
  llvm::DenseSet<const clang::Stmt *> Seen;
  /// Calls whose task is given to run() here, by index in Calls.
  llvm::DenseMap<const clang::Stmt *, std::size_t> ByExpression;
  std::vector<const clang::Expr *> Statics; ///< initialisers of static variables
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLEXTRACTOR_H
