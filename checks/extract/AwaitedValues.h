// AwaitedValues.h - values that a co_await gave
#ifndef COROLINT_CHECKS_EXTRACT_AWAITEDVALUES_H
#define COROLINT_CHECKS_EXTRACT_AWAITEDVALUES_H

namespace clang {
class Expr;
} // namespace clang

namespace corolint {

/// True when \p Value is what a co_await of this function gave, or a part of it:
/// a future that somebody has waited for already.
///
///     auto done = co_await when_all(...);  // done, done[0], std::get<1>(done)
///     for (auto &one : done)               // one
bool isAwaitedValue(const clang::Expr *Value);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_AWAITEDVALUES_H
