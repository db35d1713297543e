// Nodes.h - functions, calls and target sets by number
#ifndef COROLINT_CHECKS_COLOR_NODES_H
#define COROLINT_CHECKS_COLOR_NODES_H

#include "checks/color/Graph.h"

#include <map>
#include <span>
#include <string_view>
#include <unordered_map>

namespace corolint::color {

inline constexpr std::uint32_t None = ~std::uint32_t{0};

/// One call in the program.
struct CallSite {
  std::uint32_t Function = None;
  const facts::Call *Facts = nullptr;
  /// The function that the call names, or None.
  std::uint32_t Named = None;
  /// Where dispatch leads: a function, a set, or None when nobody knows.
  std::uint32_t Callee = None;
};

/// Gives numbers to what the solver walks over.
///
/// A node is a function or a set of nodes one of which runs: a method with its
/// overriders, the functions of a pointer's type, the values of a callable.
/// Sets nest, so that a method with many overriders costs one set for all its
/// callers. Numbers follow ids and places and never the order of units.
class Nodes {
public:
  explicit Nodes(const Graph &Program);

  const Graph &program() const { return Program; }

  /// How many functions there are; their nodes come first.
  std::uint32_t functionCount() const { return Functions.size(); }
  /// How many functions and sets there are.
  std::uint32_t count() const { return functionCount() + Sets.size(); }
  bool isSet(std::uint32_t Node) const { return Node >= functionCount(); }

  const facts::Function &function(std::uint32_t Node) const { return *Functions[Node]; }
  /// The function that \p Id means at \p Where; None when there is none, or when
  /// several programs define one.
  std::uint32_t find(const std::string &Id, const facts::Location &Where) const;
  /// All functions named \p Id, of whatever program.
  std::vector<std::uint32_t> all(const std::string &Id) const;
  /// Its name for messages.
  const std::string &name(std::uint32_t Function) const;

  std::span<const std::uint32_t> members(std::uint32_t Set) const {
    return Sets[Set - functionCount()].Members;
  }
  /// The method that \p Set stands for with its overriders; None for others.
  std::uint32_t method(std::uint32_t Set) const { return Sets[Set - functionCount()].Method; }
  /// A node for "one of \p Members"; None when there are none.
  std::uint32_t oneOf(std::vector<std::uint32_t> Members);

  std::span<const CallSite> calls() const { return Calls; }
  /// The numbers of the calls in \p Function: from, and one past the last.
  std::pair<std::uint32_t, std::uint32_t> callsIn(std::uint32_t Function) const {
    return {FirstCall[Function], FirstCall[Function + 1]};
  }
  /// Where the call stands; its function's place when it has none.
  const facts::Location &where(std::uint32_t Call) const;

private:
  struct Set {
    std::vector<std::uint32_t> Members;
    std::uint32_t Method = None;
  };

  void makeMethodSets();
  std::uint32_t methodNode(const std::string &Id, std::uint32_t Method) const;
  std::uint32_t pointees(const std::string &Type);
  std::vector<std::uint32_t> meant(const std::string &Id, const facts::Location &Where) const;
  CallSite siteOf(std::uint32_t Function, const facts::Call &Call);

  const Graph &Program;
  std::vector<const facts::Function *> Functions;
  /// The first function of each id; the others follow it.
  std::unordered_map<std::string_view, std::uint32_t> ById;
  std::vector<Set> Sets;
  /// By the id of a method, and its node when the program holds it.
  std::map<std::pair<std::string_view, std::uint32_t>, std::uint32_t> MethodSets;
  std::unordered_map<std::string_view, std::uint32_t> PointeeSets;
  std::vector<CallSite> Calls;
  std::vector<std::uint32_t> FirstCall;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_NODES_H
