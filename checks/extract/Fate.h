// Fate.h - what becomes of the value of an expression
#ifndef COROLINT_CHECKS_EXTRACT_FATE_H
#define COROLINT_CHECKS_EXTRACT_FATE_H

#include "checks/extract/FunctionBody.h"

namespace corolint {

/// Whether something takes a value.
enum class Fate : std::uint8_t {
  Used,
  Dropped, ///< nothing does
  Ignored, ///< it is assigned to std::ignore
  Voided,  ///< a cast to void says that nothing shall
};

/// Follows \p Value to what takes it. \p Whole: it is a statement of its own.
Fate fate(const clang::Expr *Value, const FunctionBody &Body, bool &Whole);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_FATE_H
