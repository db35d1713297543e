// Models.h - the shipped models inside the program

#ifndef COROLINT_CHECKS_MODEL_MODELS_H
#define COROLINT_CHECKS_MODEL_MODELS_H

#include <cstddef>
#include <span>

namespace corolint::model {

/// One file of checks/models, as PackModels.cpp writes it.
struct PackedModel {
  const char *File; ///< "posix.yaml"
  const unsigned char *Bytes;
  std::size_t Size;
};

/// All shipped models, by file name.
std::span<const PackedModel> packedModels();

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_MODELS_H
