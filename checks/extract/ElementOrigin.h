// ElementOrigin.h - which shared container an expression refers into
#ifndef COROLINT_CHECKS_EXTRACT_ELEMENTORIGIN_H
#define COROLINT_CHECKS_EXTRACT_ELEMENTORIGIN_H

#include "checks/extract/AcrossSuspension.h"

#include <optional>

namespace corolint {

/// Tells what a local that gets a value refers to.
class ElementOrigin {
public:
  explicit ElementOrigin(const FollowedValues &Known) : Known(Known) {}

  /// What a variable of \p Type refers to when \p Init initialises it: set for
  /// references, pointers, iterators and views into a shared container.
  std::optional<Followed> of(clang::QualType Type, const clang::Expr *Init) const;

private:
  std::optional<Followed> known(const clang::Expr *Value) const;
  std::optional<Followed> container(const clang::Expr *Value) const;
  std::optional<Followed> element(const clang::Expr *Value) const;
  std::optional<Followed> owned(const clang::Expr *Owner) const;
  std::optional<Followed> pointer(const clang::Expr *Value) const;
  std::optional<Followed> iterator(const clang::Expr *Value) const;
  std::optional<Followed> view(const clang::Expr *Value) const;

  const FollowedValues &Known;
};

/// True for a class that points and owns nothing: an iterator.
bool isIterator(clang::QualType Type);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_ELEMENTORIGIN_H
