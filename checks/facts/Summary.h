// Summary.h - what a unit must know of the other units
#ifndef COROLINT_CHECKS_FACTS_SUMMARY_H
#define COROLINT_CHECKS_FACTS_SUMMARY_H

#include "checks/facts/Facts.h"

namespace corolint::facts {

/// The linked summary of a project: the facts of all its units, without the
/// findings and without the calls that lead nowhere.
struct Summary {
  static constexpr std::uint32_t Several = ~std::uint32_t{0};

  /// The way from the folder that holds the file to the project's root.
  std::string Root;
  std::vector<std::string> Units; ///< main files, sorted
  /// A function is there more than once when units know different things of it.
  Unit Program;
  /// For each of the functions: the only unit that has it, or Several.
  std::vector<std::uint32_t> FunctionOwners;
  std::vector<std::uint32_t> AddressOwners; ///< likewise

  friend bool operator==(const Summary &, const Summary &) = default;
};

} // namespace corolint::facts

#endif // COROLINT_CHECKS_FACTS_SUMMARY_H
