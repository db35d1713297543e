// ParameterUses.h - what functions of the program do with arguments
#ifndef COROLINT_CHECKS_COLOR_PARAMETERUSES_H
#define COROLINT_CHECKS_COLOR_PARAMETERUSES_H

#include "checks/color/Graph.h"

namespace corolint::color {

/// What \p Function, as the file \p In means it, does with its \p Parameter, itself or
/// by the functions that it hands it to. Nothing when the program does not hold the
/// function, or holds several.
///
/// Cost: linear in the parameters that the argument can reach.
std::optional<facts::Uses> usesOf(const Graph &Program, const std::string &Function,
                                  std::uint32_t Parameter, const std::string &In = "");

/// True when \p Program says that \p Test of the file \p In holds.
bool holds(const Graph &Program, const facts::Condition &Test, const std::string &In = "");

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_PARAMETERUSES_H
