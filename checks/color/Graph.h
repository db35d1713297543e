// Graph.h - the call graph of all linked units
#ifndef COROLINT_CHECKS_COLOR_GRAPH_H
#define COROLINT_CHECKS_COLOR_GRAPH_H

#include "checks/facts/Facts.h"

#include <map>
#include <string>
#include <vector>

namespace corolint::color {

/// Functions of many units, merged: copies with the same id become one whose
/// calls are the union of theirs.
class Graph {
public:
  /// Adds what \p Unit knows. Order does not matter for the result of solve().
  void add(const facts::Unit &Unit);

  /// A function of the program. Location::File indexes files().
  const std::map<std::string, facts::Function> &functions() const {
    return Functions;
  }
  const std::vector<std::string> &files() const { return Files; }

  /// Ids of the functions of type \p Type whose address is taken.
  std::vector<std::string> addressTaken(const std::string &Type) const;

  /// The place that \p Where names, by file name.
  facts::Place place(const facts::Location &Where) const;

private:
  std::uint32_t intern(const std::string &File);

  std::map<std::string, facts::Function> Functions;
  std::vector<std::string> Files;
  std::map<std::string, std::uint32_t> FileIndex;
  std::map<std::string, std::vector<std::string>> ByType;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_GRAPH_H
