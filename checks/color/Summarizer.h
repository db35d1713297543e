// Summarizer.h - makes the linked summary of a project
#ifndef COROLINT_CHECKS_COLOR_SUMMARIZER_H
#define COROLINT_CHECKS_COLOR_SUMMARIZER_H

#include "checks/facts/Summary.h"

#include <map>
#include <string>
#include <vector>

namespace corolint::color {

/// Collects the facts of all units.
class Summarizer {
public:
  void add(const facts::Unit &Unit);

  /// The summary of what was added; \p Root as Summary::Root has it.
  facts::Summary take(std::string Root);

private:
  /// A version of a function or an address, and who has it: the name of a main
  /// file, or "" when several units do.
  template <typename T> struct Copy {
    T Of;
    std::string Owner;
  };

  std::map<std::string, std::vector<Copy<facts::Function>>> Functions;
  std::map<facts::AddressTaken, std::string> Addresses;
  std::map<std::string, std::uint32_t> Files; ///< with their numbers in the copies
  std::map<std::string, std::uint32_t> Units;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_SUMMARIZER_H
