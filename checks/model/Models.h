// Models.h - the texts of the models inside the program

#ifndef COROLINT_CHECKS_MODEL_MODELS_H
#define COROLINT_CHECKS_MODEL_MODELS_H

#include <span>

namespace corolint::model {

/// One file of checks/models, as EmbedModels.cmake writes it.
struct ModelText {
  const char *File;          ///< "posix.yaml"
  const char *const *Pieces; ///< joined they are the file; ends with null
};

/// All shipped models, by file name.
std::span<const ModelText> modelTexts();

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_MODELS_H
