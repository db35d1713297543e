// UnusedSuppression.cpp - a comment that suppresses nothing
#include "checks/Check.h"

#include "checks/Suppressions.h"

namespace corolint {

namespace {

class UnusedSuppressionCheck : public Check {
public:
  std::optional<facts::Finding> checkSuppression(const Suppression &One) const override {
    using Kind = model::NoLint::Kind;
    std::vector<std::string> Names = One.names(Suppression::Name::Meaning::Unneeded);
    if (Names.empty() || One.What == Kind::End || (One.What == Kind::Begin && !One.HasPartner))
      return std::nullopt;
    facts::Finding Out;
    Out.Check = "coro-unused-suppression";
    Out.Where = One.Where;
    for (const std::string &Name : Names)
      Out.Message += (Out.Message.empty() ? "'" : ", '") + Name + "'";
    Out.Message += Names.size() == 1 ? " suppresses nothing " : " suppress nothing ";
    Out.Message += One.What == Kind::NextLine ? "on the next line"
                   : One.What == Kind::Begin  ? "in this block"
                                              : "on this line";
    if (One.What == Kind::Line && One.StandsAlone) {
      Out.Help = "NOLINT is for its own line; for the next one there is NOLINTNEXTLINE";
      return Out;
    }
    Out.Help =
        Names.size() == One.Names.size() ? "remove the comment" : "take the name out of the list";
    if (One.Removal)
      Out.Fixes.push_back(*One.Removal);
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeUnusedSuppression() {
  return std::make_unique<UnusedSuppressionCheck>();
}

} // namespace corolint
