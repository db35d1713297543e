// Drawing.cpp - the call graph as nodes and lines
#include "checks/color/Questions.h"

#include <algorithm>
#include <set>

namespace corolint::color {

using namespace facts;

namespace {

/// Numbers nodes by name as they come up.
class Sheet {
public:
  std::size_t node(const std::string &Name) {
    auto [At, New] = ByName.try_emplace(Name, Out.Nodes.size());
    if (New)
      Out.Nodes.push_back({Name, {}, false, false, false});
    return At->second;
  }
  bool has(const std::string &Name) const { return ByName.contains(Name); }
  Drawing::Node &at(std::size_t Index) { return Out.Nodes[Index]; }

  void line(const Drawing::Line &One) {
    bool &OnChain = Lines[{One.From, One.To}];
    OnChain = OnChain || One.OnChain;
  }

  Drawing take() {
    for (const auto &[Ends, OnChain] : Lines)
      Out.Lines.push_back({Ends.first, Ends.second, OnChain});
    return std::move(Out);
  }

private:
  Drawing Out;
  std::map<std::string, std::size_t> ByName;
  std::map<std::pair<std::size_t, std::size_t>, bool> Lines;
};

} // namespace

Drawing Questions::drawing(bool Everything) const {
  Sheet Paper;
  auto Describe = [&](std::size_t At, std::uint32_t F) {
    const facts::Function &Facts = Numbered.function(F);
    Paper.at(At).Where = Numbered.program().place(Facts.Where);
    Paper.at(At).Red = Where.root(F) && Facts.What != Kind::Function;
    Paper.at(At).Primitive = Facts.Declared.has_value();
  };
  std::map<std::string, std::uint32_t> ByName;
  for (std::uint32_t F = 0; F != Numbered.functionCount(); ++F)
    ByName.emplace(Numbered.name(F), F);
  // Chains first: nodes are numbered from the loop to the primitive.
  for (const Violation &Found : solve(Numbered.program())) {
    if (Found.Why == Violation::Root::NonBlocking)
      continue;
    std::vector<std::size_t> Along{Paper.node(Found.Function)};
    for (const Step &Each : Found.Chain)
      Along.push_back(Paper.node(Each.Callee));
    Paper.at(Along.back()).Primitive = true;
    for (std::size_t I = 0; I < Along.size(); ++I) {
      Paper.at(Along[I]).OnChain = true;
      if (I > 0)
        Paper.line({Along[I - 1], Along[I], true});
    }
  }
  if (Everything)
    for (std::uint32_t C = 0; C != Numbered.calls().size(); ++C)
      for (std::uint32_t Target : targets(C))
        Paper.line({Paper.node(Numbered.name(Numbered.calls()[C].Function)),
                    Paper.node(Numbered.name(Target)), false});
  for (const auto &[Name, F] : ByName)
    if (Everything || Paper.has(Name))
      Describe(Paper.node(Name), F);
  return Paper.take();
}

} // namespace corolint::color
