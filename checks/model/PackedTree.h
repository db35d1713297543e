// PackedTree.h - a parsed model as bytes that load fast
//
// The shipped models are parsed when corolint is built: reading 100 KB of YAML
// would take longer than a small translation unit.

#ifndef COROLINT_CHECKS_MODEL_PACKEDTREE_H
#define COROLINT_CHECKS_MODEL_PACKEDTREE_H

#include "checks/model/ModelNode.h"

#include <string>
#include <string_view>

namespace corolint::model {

/// The bytes of \p Root. They are trusted when read: only the build makes them.
std::string pack(const ModelNode &Root);

/// The tree that pack() made \p Bytes from.
ModelNode unpack(std::string_view Bytes);

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_PACKEDTREE_H
