// Convert.h - facts and checks as the tool's plain data
#ifndef COROLINT_TOOL_ENGINE_CONVERT_H
#define COROLINT_TOOL_ENGINE_CONVERT_H

#include "checks/Check.h"
#include "checks/Suppressions.h"
#include "tool/base/Finding.h"

namespace corolint::tool {

CheckRow convert(const RegisteredCheck &Check);
Place convert(const facts::Place &From);
Level convert(facts::Confidence From);

/// The findings of all units and of the link, sorted. Equal ones (check, place,
/// message), which every unit that includes a header reports, become one: the
/// surest. \p Comments say why some are suppressed.
std::vector<Finding> convertAndMerge(const std::vector<facts::Finding> &All,
                                     const Suppressions &Comments);

/// The failure of the unit \p File, from its errors; there is at least one.
UnitFailure convertErrors(const std::string &File, const std::vector<facts::ParseError> &Errors);

} // namespace corolint::tool

#endif // COROLINT_TOOL_ENGINE_CONVERT_H
