// UnmatchedSuppression.cpp - one end of a block that has no other
#include "checks/Check.h"

#include "checks/Suppressions.h"

namespace corolint {

namespace {

class UnmatchedSuppressionCheck : public Check {
public:
  std::optional<facts::Finding> checkSuppression(const Suppression &One) const override {
    using Kind = model::NoLint::Kind;
    if (One.HasPartner || (One.What != Kind::Begin && One.What != Kind::End))
      return std::nullopt;
    if (!One.namesCheck() && One.names(Suppression::Name::Meaning::Unknown).empty())
      return std::nullopt;
    bool Opens = One.What == Kind::Begin;
    facts::Finding Out;
    Out.Check = "coro-unmatched-suppression";
    Out.Where = One.Where;
    Out.Message = "'" + One.Written + "'" +
                  (Opens ? " is not closed, and suppresses nothing" : " closes no block");
    Out.Help = Opens ? "write NOLINTEND with the same list; blocks do not overlap"
                     : "write NOLINTBEGIN with the same list before it; blocks do not overlap";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeUnmatchedSuppression() {
  return std::make_unique<UnmatchedSuppressionCheck>();
}

} // namespace corolint
