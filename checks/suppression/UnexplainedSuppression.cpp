// UnexplainedSuppression.cpp - a comment that gives no reason
#include "checks/Check.h"

#include "checks/Suppressions.h"

namespace corolint {

namespace {

class UnexplainedSuppressionCheck : public Check {
public:
  std::optional<facts::Finding> checkSuppression(const Suppression &One) const override {
    if (One.HasReason || !One.namesCheck() || One.What == model::NoLint::Kind::End)
      return std::nullopt;
    facts::Finding Out;
    Out.Check = "coro-unexplained-suppression";
    Out.Where = One.Where;
    Out.Message = "'" + One.Written + "' gives no reason";
    Out.Help = "say why the code is right, after a colon: " + One.Written + ": REASON";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeUnexplainedSuppression() {
  return std::make_unique<UnexplainedSuppressionCheck>();
}

} // namespace corolint
