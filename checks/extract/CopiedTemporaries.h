// CopiedTemporaries.h - temporaries that GCC 12 miscompiles beside a co_await
#ifndef COROLINT_CHECKS_EXTRACT_COPIEDTEMPORARIES_H
#define COROLINT_CHECKS_EXTRACT_COPIEDTEMPORARIES_H

#include "checks/extract/FunctionBody.h"

namespace corolint {

/// A temporary that GCC 12 gets wrong, in a full expression that suspends.
struct CopiedTemporary {
  enum class What : std::uint8_t {
    Aggregate, ///< copied bit by bit, and destroyed twice
    Closure,   ///< likewise, for what it captures by value
    List,      ///< a braced list: does not compile
  };
  const clang::Expr *Temporary = nullptr;
  const clang::Expr *Suspension = nullptr; ///< the co_await or co_yield
  What Is = What::Aggregate;
  bool InDefault = false; ///< Temporary is a default argument that makes it
};

/// The temporaries of that kind that \p Body makes.
std::vector<CopiedTemporary> findCopiedTemporaries(const FunctionBody &Body);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_COPIEDTEMPORARIES_H
