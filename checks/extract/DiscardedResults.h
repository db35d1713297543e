// DiscardedResults.h - results of awaits that nobody looks at
#ifndef COROLINT_CHECKS_EXTRACT_DISCARDEDRESULTS_H
#define COROLINT_CHECKS_EXTRACT_DISCARDEDRESULTS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

#include "llvm/ADT/DenseSet.h"

namespace corolint {

/// What an await gives, must be looked at, and is not.
struct DiscardedResult {
  enum class Why : std::uint8_t {
    CarriesError,   ///< its type says whether something worked
    MarkedType,     ///< its type is [[nodiscard]]
    MarkedFunction, ///< the function that is awaited is [[nodiscard]]
  };
  const clang::CoawaitExpr *Await = nullptr;
  Why Reason = Why::CarriesError;
  /// A variable or binding that takes it and is never used, or null.
  const clang::ValueDecl *Variable = nullptr;
};

/// Finds them in a function. Run it with runForward().
class DiscardedResults {
public:
  struct State {};

  DiscardedResults(const FunctionBody &Body, const model::Model &Models,
                   const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const clang::CFGElement &) const {}
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(State, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(State) const {}

  std::vector<DiscardedResult> take();

private:
  bool carriesError(clang::QualType Type) const;
  std::optional<DiscardedResult::Why> reason(const clang::CoawaitExpr &Await) const;
  void declare(const clang::VarDecl &Variable);
  void name(const clang::DeclRefExpr &Use);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<DiscardedResult> Found;
  /// Structured bindings of which some name is tested: that may say enough.
  llvm::DenseSet<const clang::ValueDecl *> Tested;
};

std::vector<DiscardedResult> findDiscardedResults(const FunctionBody &Body,
                                                  const model::Model &Models,
                                                  const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DISCARDEDRESULTS_H
