// GuardTypes.h - types that are locks, and types that hold them
#ifndef COROLINT_CHECKS_EXTRACT_GUARDTYPES_H
#define COROLINT_CHECKS_EXTRACT_GUARDTYPES_H

#include "checks/model/Model.h"

namespace corolint {

/// True for a thread mutex that some model lists, or a pointer to one.
bool isMutex(clang::QualType Type, const model::Model &Models);

/// How a type guards a lock.
enum class Guarding : std::uint8_t {
  None,
  Certain,  ///< it is a guard over a thread mutex
  ByMember, ///< a member of it is one
};

Guarding guarding(clang::QualType Type, const model::Model &Models,
                  unsigned Depth = 2);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_GUARDTYPES_H
