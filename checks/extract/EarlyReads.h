// EarlyReads.h - what a child will write, read too early
#ifndef COROLINT_CHECKS_EXTRACT_EARLYREADS_H
#define COROLINT_CHECKS_EXTRACT_EARLYREADS_H

#include "checks/extract/FunctionBody.h"
#include "checks/extract/StartedCoroutine.h"
#include "checks/model/Coroutine.h"

#include "llvm/ADT/SmallPtrSet.h"

#include <map>

namespace corolint {

/// A variable that is read after a task was made that writes it, and before
/// anything lets that task run.
struct EarlyRead {
  const clang::ValueDecl *Variable = nullptr;
  const clang::FunctionDecl *Child = nullptr;
  clang::SourceRange Read, Made, Write;
  bool Spawned = false; ///< else it is a lazy task that is not awaited yet
};

/// Follows which writes are still to come, on every path. Variables that the function writes
/// itself are left out: it may know what it reads. Run it with runForward().
class EarlyReads {
public:
  struct Expected {
    const clang::FunctionDecl *Child = nullptr;
    const clang::Stmt *Made = nullptr;
    const clang::Stmt *Write = nullptr;
    bool Spawned = false;
  };
  using State = std::map<const clang::ValueDecl *, Expected>;

  EarlyReads(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors);

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(const State &) const {}

  std::vector<EarlyRead> take() { return std::move(Found); }

private:
  void expect(State &Now, const StartedCoroutine &Child, const clang::Stmt &Made,
              bool Spawned) const;
  bool isRead(const clang::Expr &Named) const;

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Written; ///< by the function
  std::vector<EarlyRead> Found;
};

/// The early reads in \p Body, a coroutine.
std::vector<EarlyRead> findEarlyReads(const FunctionBody &Body, const model::Model &Models,
                                      const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_EARLYREADS_H
