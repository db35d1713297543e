// LockUses.h - where a unit takes locks, and holds them for long
#ifndef COROLINT_CHECKS_EXTRACT_LOCKUSES_H
#define COROLINT_CHECKS_EXTRACT_LOCKUSES_H

#include "checks/facts/Facts.h"

#include "clang/Basic/SourceLocation.h"

#include <map>
#include <string>
#include <vector>

namespace clang {
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace corolint {

class Analysis;

/// A mutex that an ordinary function holds while something slow happens.
struct LongHold {
  const clang::ValueDecl *Mutex = nullptr;
  const clang::FunctionDecl *Holder = nullptr;
  clang::SourceRange Taken;
  clang::SourceRange Slow;
  std::string Called; ///< what is slow
};

/// What a unit does with its mutexes.
struct LockUses {
  struct Taking {
    const clang::ValueDecl *Mutex = nullptr;
    const clang::FunctionDecl *In = nullptr;
  };
  /// By file and line. A mutex is the variable or member that is one: members
  /// of different objects count as the same.
  std::map<std::pair<std::string, std::uint32_t>, Taking> Taken;
  std::vector<LongHold> Holds;

  /// Someone other than \p One who holds its mutex for long, or null.
  const LongHold *holdAgainst(const Taking &One) const;
};

/// Follows the locks of all functions of \p Unit.
///
/// Cost: the graphs of the unit are built again. Ask only when a lock matters.
LockUses findLockUses(const Analysis &Unit);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LOCKUSES_H
