// ColorPromises.h - annotations that the code beside them breaks
#ifndef COROLINT_CHECKS_EXTRACT_COLORPROMISES_H
#define COROLINT_CHECKS_EXTRACT_COLORPROMISES_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// One annotation against another.
struct BrokenPromise {
  enum class How : std::uint8_t {
    Contradiction, ///< two declarations of one function disagree
    Override,      ///< an overrider takes back what its base promises
    Conversion,    ///< a blocking function is given to what must not block
    Call,          ///< a blocking function calls what runs on the loop only
  };
  How What = How::Call;
  const clang::FunctionDecl *Function = nullptr; ///< the one that breaks it
  const clang::Decl *Promise = nullptr;          ///< the annotated declaration
  clang::SourceRange Where;
};

/// What the declarations of \p Function promise against each other.
std::vector<BrokenPromise> findBrokenDeclarations(const clang::FunctionDecl &Function,
                                                  const model::Model &Models);

/// What \p Body does against annotations, in the order of its graph. Calls that
/// block are not among it: the linked program knows those.
std::vector<BrokenPromise> findBrokenPromises(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_COLORPROMISES_H
