// Graph.h - the call graph of all linked units
#ifndef COROLINT_CHECKS_COLOR_GRAPH_H
#define COROLINT_CHECKS_COLOR_GRAPH_H

#include "checks/facts/Facts.h"
#include "checks/facts/Summary.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace corolint::color {

/// Functions of many units, merged: copies with the same id become one whose
/// calls are the union of theirs.
class Graph {
public:
  /// Adds what \p Unit knows. Order does not matter for the result of solve().
  void add(const facts::Unit &Unit);

  /// Adds of \p Others what \p Fresh, a unit of the same project, does not know
  /// better: what that unit alone said before is left out, and of a function
  /// that was edited since only the copy in \p Fresh counts.
  ///
  /// When nothing was edited, both together are the whole program.
  void add(const facts::Summary &Others, const facts::Unit &Fresh);

  /// The functions of the program by id. Location::File indexes files(); calls
  /// are ordered by place, with the name of the file.
  const std::map<std::string, facts::Function> &functions() const {
    return Functions;
  }
  const std::vector<std::string> &files() const { return Files; }

  /// Ids of the functions whose address is taken, by their type.
  const std::map<std::string, std::set<std::string>> &addressesTaken() const {
    return ByType;
  }

  /// The findings that wait for the program, in the order of the units.
  const std::vector<facts::Finding> &pending() const { return Pending; }

  /// The place that \p Where names, by file name.
  facts::Place place(const facts::Location &Where) const;

  /// Whether \p Left stands before \p Right: by file name, line and column. "No
  /// place" stands last.
  bool before(const facts::Location &Left, const facts::Location &Right) const;

private:
  std::uint32_t intern(const std::string &File);
  std::vector<std::uint32_t> internAll(const std::vector<std::string> &Names);
  void add(facts::Function Copy, const std::vector<std::uint32_t> &Renumbered);
  bool callBefore(const facts::Call &Left, const facts::Call &Right) const;
  void merge(facts::Function &Into, facts::Function &&Copy) const;

  std::map<std::string, facts::Function> Functions;
  std::vector<std::string> Files;
  std::map<std::string, std::uint32_t> FileIndex;
  std::map<std::string, std::set<std::string>> ByType;
  std::vector<facts::Finding> Pending;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_GRAPH_H
