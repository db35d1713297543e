// PublishedAwaiters.h - awaiters that are used after their coroutine may go on
#ifndef COROLINT_CHECKS_EXTRACT_PUBLISHEDAWAITERS_H
#define COROLINT_CHECKS_EXTRACT_PUBLISHEDAWAITERS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

#include <set>
#include <vector>

namespace corolint {

/// A use of the awaiter, the promise or the handle after the coroutine was
/// handed on: its frame, and the awaiter in it, may be gone.
struct PublishedAwaiter {
  enum class How : std::uint8_t { Resumed, Destroyed, GivenToThread, SharedByLock, SharedByAtomic };
  How Given = How::Resumed;
  const clang::Expr *At = nullptr; ///< where it was handed on
  clang::SourceRange Use;
  bool OfHandle = false; ///< the use is of the coroutine, not of the awaiter
};

/// Follows one await_suspend().
class PublishedAwaiters {
public:
  struct Given {
    PublishedAwaiter::How How = PublishedAwaiter::How::Resumed;
    const clang::Expr *At = nullptr;
  };
  struct State {
    std::optional<Given> Gone;      ///< the coroutine may run elsewhere
    std::optional<Given> UnderLock; ///< it may once the lock is released
    std::set<const clang::VarDecl *> Guards;
  };

  PublishedAwaiters(const FunctionBody &Body, const model::Model &Models);

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &Now, const clang::CFGBlock &From, bool Taken) const;
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(const State &) const {}

  std::vector<PublishedAwaiter> take() { return std::move(Out); }

private:
  void collect(const clang::Stmt *Part);
  bool isHandle(const clang::Expr *Value) const;
  bool isInside(const clang::Expr *Value) const;
  bool carries(const clang::Expr *Value) const;
  bool holdsThreads(clang::QualType Type) const;
  std::optional<Given> givenAt(const clang::Stmt &Statement) const;
  bool runsOnThread(const CallSite &Site) const;
  void unlock(State &Now) const;
  void report(const State &Before, clang::SourceRange Use, bool OfHandle);

  const FunctionBody &Body;
  const model::Model &Models;
  std::set<const clang::ValueDecl *> Handles; ///< the parameter and its copies
  std::set<const clang::ValueDecl *> Aliases; ///< references into the frame
  /// An atomic member of the awaiter decides who resumes the coroutine and when:
  /// who else has it waits for this function.
  bool Agreed = false;
  std::vector<PublishedAwaiter> Out;
};

/// Finds them when \p Body is an await_suspend(); the first of each path.
std::vector<PublishedAwaiter> findPublishedAwaiters(const FunctionBody &Body,
                                                    const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_PUBLISHEDAWAITERS_H
