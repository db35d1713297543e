// CallExtractor.h - the call edges of one function
#ifndef COROLINT_CHECKS_EXTRACT_CALLEXTRACTOR_H
#define COROLINT_CHECKS_EXTRACT_CALLEXTRACTOR_H

#include "checks/extract/CallState.h"
#include "checks/extract/Sources.h"
#include "checks/model/Coroutine.h"

#include "llvm/ADT/DenseSet.h"

namespace corolint {

/// Lists what a function calls, with what the linker needs to know of each
/// call. Run it with runForward().
class CallExtractor : public CallFlow {
public:
  CallExtractor(const FunctionBody &Body, const model::Model &Models,
                const Coroutines &Colors, Sources &Text);

  void visit(const State &Before, const clang::CFGElement &Element,
             const clang::CFGBlock &Block);

  /// The calls found, in source order.
  std::vector<facts::Call> take();

private:
  void visitCall(const State &Before, const CallSite &Site,
                 const clang::CFGBlock &Block);
  void visitDestruction(const State &Before, clang::QualType Type,
                        clang::SourceRange Where, const clang::CFGBlock &Block,
                        unsigned Depth);
  /// Fills what depends on the rule; true when the callee's body matters too.
  bool applyRule(facts::Call &Out, const CallSite &Site,
                 const model::FunctionRule &Rule, const State &Before);
  /// The same for attributes of the callee.
  bool applyAnnotations(facts::Call &Out, const CallSite &Site);
  void addCallables(facts::Call &Out, const CallSite &Site,
                    const model::FunctionRule *Rule);
  void addArguments(facts::Call &Out, const CallSite &Site);
  void setTarget(facts::Call &Out, const CallSite &Site);
  std::optional<facts::Fix> sleepFix(const CallSite &Site,
                                     const model::SleepRule &Rule);
  void markMainTasks(const CallSite &Site, const model::FunctionRule &Rule);
  facts::Call start(const State &Before, clang::SourceRange Where,
                    const clang::CFGBlock &Block);

  const Coroutines &Colors;
  Sources &Text;
  std::vector<facts::Call> Calls;
  llvm::DenseSet<const clang::Stmt *> Seen;
  /// Calls whose task is given to run() here, by index in Calls.
  llvm::DenseMap<const clang::Stmt *, std::size_t> ByExpression;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLEXTRACTOR_H
