// Answer.h - what the program is told about colour
#ifndef COROLINT_TOOL_BASE_ANSWER_H
#define COROLINT_TOOL_BASE_ANSWER_H

#include "tool/base/Finding.h"

#include <string>
#include <vector>

namespace corolint::tool {

/// One call on a path.
struct Hop {
  Place Where;
  std::string Caller, Callee;
  bool Unsure = false; ///< through a base class or a pointer
};

/// What a function can do to the loop.
struct Ability {
  std::string Effect;    ///< "blocks"
  std::string Primitive; ///< "read"
  Level Sure = Level::High;
  std::vector<Hop> Chain; ///< empty: it is declared to
};

/// One function, for `corolint why`.
struct Portrait {
  std::string Name;
  Place Where;
  std::string Color;   ///< "red: a coroutine"
  std::string Context; ///< "on the loop: ..."
  std::vector<Ability> Effects;
};

/// A function that is not defined in the program and means nothing to any model,
/// for `--report-unmodelled`.
struct UnmodelledFunction {
  std::string Name;
  std::size_t Files = 0; ///< how many call it
  bool OnLoop = false;   ///< called there; else a callable is given to it, wherever
};

/// A function to annotate, for `corolint annotate`.
struct Suggestion {
  std::string Name;
  Place Where;
  std::string Primitive;
  std::vector<Hop> Chain;
  std::vector<std::string> Callers;
};

/// Functions and calls, for `corolint graph`.
struct Drawing {
  struct Node {
    std::string Name;
    Place Where;
    bool Red = false, Primitive = false, OnChain = false;
  };
  struct Line {
    std::size_t From = 0, To = 0;
    bool OnChain = false;
  };
  std::vector<Node> Nodes;
  std::vector<Line> Lines;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_BASE_ANSWER_H
