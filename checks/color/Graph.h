// Graph.h - the call graph of all linked units
#ifndef COROLINT_CHECKS_COLOR_GRAPH_H
#define COROLINT_CHECKS_COLOR_GRAPH_H

#include "checks/facts/Facts.h"
#include "checks/facts/Summary.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace corolint::color {

/// Functions of many units, merged: copies with the same id that are defined in the
/// same file become one whose calls are the union of theirs. What is defined in
/// different files belongs to different programs of the project, as each of its
/// examples and tests may define a start().
class Graph {
public:
  /// A function's id, and the file that defines it; "" while only declarations are
  /// known.
  using Key = std::pair<std::string, std::string>;

  /// Adds what \p Unit knows. Order does not matter for the result of solve().
  void add(const facts::Unit &Unit);

  /// Adds of \p Others what \p Fresh, a unit of the same project, does not know
  /// better: what that unit alone said before is left out, and of a function
  /// that was edited since only the copy in \p Fresh counts.
  ///
  /// When nothing was edited, both together are the whole program.
  void add(const facts::Summary &Others, const facts::Unit &Fresh);

  /// The functions of the program. Location::File indexes files(); calls are
  /// ordered by place, with the name of the file.
  const std::map<Key, facts::Function> &functions() const { return Functions; }

  /// The functions that \p Id may mean in the file \p In, in the order of files:
  /// what that file defines, or else the definitions in the nearest folder.
  std::vector<const facts::Function *> meant(const std::string &Id, const std::string &In) const;

  /// The name of the file of \p Where; "" for "no place".
  std::string fileOf(const facts::Location &Where) const {
    return Where.Line == 0 ? "" : Files[Where.File];
  }

  const std::vector<std::string> &files() const { return Files; }

  /// Ids of the functions whose address is taken, by their type.
  const std::map<std::string, std::set<std::string>> &addressesTaken() const { return ByType; }

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
  void addDeclaration(facts::Function Copy);
  void addDefinition(facts::Function Copy);
  bool callBefore(const facts::Call &Left, const facts::Call &Right) const;
  void merge(facts::Function &Into, facts::Function &&Copy) const;

  std::map<Key, facts::Function> Functions;
  /// What the declarations say of functions that are defined too, by id.
  std::map<std::string, facts::Function> Declarations;
  std::vector<std::string> Files;
  std::map<std::string, std::uint32_t> FileIndex;
  std::map<std::string, std::set<std::string>> ByType;
  std::vector<facts::Finding> Pending;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_GRAPH_H
