// Transfers.h - what functions do with their callable parameters
#ifndef COROLINT_CHECKS_COLOR_TRANSFERS_H
#define COROLINT_CHECKS_COLOR_TRANSFERS_H

#include "checks/color/Nodes.h"

namespace corolint::color {

/// Ways in which a callable may run. Other threads and storage count as none:
/// what runs there cannot stop the loop, as far as anybody knows.
struct Ways {
  bool Inline = false; ///< before the call returns
  bool Maybe = false;  ///< likewise, in some of the functions that may be called
  bool Loop = false;   ///< later, or inside a coroutine

  bool add(Ways More) {
    Ways Before = *this;
    Inline |= More.Inline;
    Maybe |= More.Maybe;
    Loop |= More.Loop;
    return *this != Before;
  }
  friend bool operator==(const Ways &, const Ways &) = default;
};

/// Answers where a callable runs that is passed to a call, also when the callee
/// passes it on. Recursion is followed to its fix-point.
///
/// Cost: linear in calls and in the parameters that are asked for.
class Transfers {
public:
  explicit Transfers(const Nodes &Program);

  /// Where \p Passed, an argument of \p Site, runs.
  Ways waysOf(const CallSite &Site, const facts::Callable &Passed) const;

private:
  /// Parameter Index of a function or of each member of a set.
  struct Slot {
    std::uint32_t Node = None;
    std::uint32_t Index = 0;
    Ways Known;
    std::vector<std::uint32_t> Users;
  };
  /// A parameter that is passed on to another: a slot that takes over what is
  /// known of its source, as seen through a call.
  struct Forward {
    std::uint32_t User = None;
    const CallSite *Through = nullptr; ///< null: the member of a set
  };

  std::uint32_t slot(std::uint32_t Node, std::uint32_t Index);
  void collect(const CallSite &Site);
  void connect(std::uint32_t Source, Forward To);
  void expandSets();
  void spread();
  static std::uint64_t key(std::uint32_t Node, std::uint32_t Index) {
    return std::uint64_t{Node} << 32 | Index;
  }

  const Nodes &Program;
  std::vector<Slot> Slots;
  std::vector<Forward> Forwards;
  std::unordered_map<std::uint64_t, std::uint32_t> Numbers;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_TRANSFERS_H
