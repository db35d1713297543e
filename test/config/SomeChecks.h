// SomeChecks.h - a small list of checks for tests
#ifndef COROLINT_TEST_CONFIG_SOMECHECKS_H
#define COROLINT_TEST_CONFIG_SOMECHECKS_H

#include "checks/Check.h"

namespace corolint::config {

/// Four checks; "coro-sync-wait" has the options Loud and Names.
inline const std::vector<RegisteredCheck> &someChecks() {
  class WithOptions : public Check {
    std::span<const Option> options() const override {
      static constexpr Option All[] = {{"Loud", Option::Type::Bool, "false", "says more"},
                                       {"Names", Option::Type::StringList, "", "whom it asks"}};
      return All;
    }
  };
  static const std::vector<RegisteredCheck> All = [] {
    std::vector<RegisteredCheck> Result;
    auto Add = [&](const char *Id, const char *Family, Tier Of,
                   std::unique_ptr<Check> Object = nullptr) {
      Result.push_back({{Id, Family, Of, "0.1", "what it finds"}, std::move(Object)});
    };
    Add("coro-blocking-call", "blocking", Tier::High);
    Add("coro-sync-wait", "blocking", Tier::Medium, std::make_unique<WithOptions>());
    Add("coro-nested-run", "color_rules", Tier::High);
    Add("coro-odd-style", "hygiene", Tier::Low);
    return Result;
  }();
  return All;
}

} // namespace corolint::config

#endif // COROLINT_TEST_CONFIG_SOMECHECKS_H
