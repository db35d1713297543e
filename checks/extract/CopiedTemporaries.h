// CopiedTemporaries.h - temporaries that GCC 12 miscompiles in a co_await
#ifndef COROLINT_CHECKS_EXTRACT_COPIEDTEMPORARIES_H
#define COROLINT_CHECKS_EXTRACT_COPIEDTEMPORARIES_H

#include "checks/extract/FunctionBody.h"

namespace corolint {

/// A temporary in the operand of a co_await that GCC 12 gets wrong.
struct CopiedTemporary {
  enum class What : std::uint8_t {
    Aggregate, ///< copied bit by bit, and destroyed twice
    Closure,   ///< likewise, for what it captures by value
    List,      ///< a braced list: does not compile
  };
  const clang::Expr *Temporary = nullptr;
  const clang::Expr *Await = nullptr;
  What Is = What::Aggregate;
};

/// The temporaries of that kind that \p Body makes.
std::vector<CopiedTemporary> findCopiedTemporaries(const FunctionBody &Body);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_COPIEDTEMPORARIES_H
