// NoModels.cpp - no shipped models, for the program that packs them
#include "checks/model/Models.h"

namespace corolint::model {

std::span<const PackedModel> packedModels() { return {}; }

} // namespace corolint::model
