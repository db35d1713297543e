// LockNames.h - the names of the locks that expressions mean
#ifndef COROLINT_CHECKS_EXTRACT_LOCKNAMES_H
#define COROLINT_CHECKS_EXTRACT_LOCKNAMES_H

#include <string>

namespace clang {
class Expr;
} // namespace clang

namespace corolint {

/// Names a variable or a member of one, the same for each mention; "" for
/// anything else.
std::string pathOf(const clang::Expr *Value);

/// What the reader knows it by.
std::string nameOf(const clang::Expr *Value);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LOCKNAMES_H
