// ShippedModels.h - models that come with the libraries a unit uses
#ifndef COROLINT_CHECKS_MODEL_SHIPPEDMODELS_H
#define COROLINT_CHECKS_MODEL_SHIPPEDMODELS_H

#include "checks/model/Library.h"

#include "clang/Basic/SourceLocation.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace corolint::model {

/// The models that a unit's libraries ship.
struct ShippedModels {
  struct Mistake {
    clang::SourceLocation Where; ///< in the model file
    std::string Message;
  };
  /// With those that were there before; none when no library ships one.
  std::optional<Library> All;
  std::vector<Mistake> Mistakes;
};

/// Adds to \p Models those that libraries ship.
///
/// A library that is installed to PREFIX/include puts its models into
/// PREFIX/share/corolint/models; they are read when the unit of \p Context
/// includes a header below PREFIX/include. They override corolint's own models
/// and are overridden by the user's, which stand behind those in \p Models.
ShippedModels readShippedModels(const Library &Models, clang::ASTContext &Context);

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_SHIPPEDMODELS_H
