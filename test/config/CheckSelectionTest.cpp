// CheckSelectionTest.cpp - select, extend-select and ignore

#include "checks/config/CheckSelection.h"
#include "test/config/SomeChecks.h"

#include <gtest/gtest.h>

using namespace corolint;
using namespace corolint::config;

namespace {

std::string selected(const std::vector<Rule> &Rules, const Defaults &Otherwise = {}) {
  std::string Result;
  for (const auto &[Id, On] : selectChecks(someChecks(), Rules, Otherwise))
    if (On.Value)
      Result += (Result.empty() ? "" : " ") + Id;
  return Result;
}

Rule select(const char *Pattern) { return {Rule::Verb::Select, Pattern, {}}; }
Rule extend(const char *Pattern) { return {Rule::Verb::Extend, Pattern, {}}; }
Rule ignore(const char *Pattern) { return {Rule::Verb::Ignore, Pattern, {}}; }

std::string mistake(const char *Pattern) { return mistakeIn(Pattern, someChecks()); }

TEST(CheckSelection, TheTierIsTheDefault) {
  EXPECT_EQ(selected({}), "coro-blocking-call coro-nested-run");
  EXPECT_EQ(selected({}, {Tier::Medium, {}}), "coro-blocking-call coro-nested-run coro-sync-wait");
  EXPECT_EQ(selected({}, {Tier::High, {"coro-odd-style"}}),
            "coro-blocking-call coro-nested-run coro-odd-style");
}

TEST(CheckSelection, ASelectionStartsEmptyAndMayNameAnyTier) {
  EXPECT_EQ(selected({select("coro-odd-style")}), "coro-odd-style");
  EXPECT_EQ(selected({select("blocking")}), "coro-blocking-call coro-sync-wait");
  EXPECT_EQ(selected({select("color-rules")}), "coro-nested-run");
  EXPECT_EQ(selected({select("coro-*-call")}), "coro-blocking-call");
  EXPECT_EQ(selected({select("default"), select("coro-odd-style")}),
            "coro-blocking-call coro-nested-run coro-odd-style");
}

TEST(CheckSelection, ATierIsAName) {
  EXPECT_EQ(selected({select("medium"), select("low")}), "coro-odd-style coro-sync-wait");
  EXPECT_EQ(selected({ignore("high")}), "");
}

TEST(CheckSelection, TheLastRuleWins) {
  EXPECT_EQ(selected({select("all"), ignore("blocking")}), "coro-nested-run coro-odd-style");
  EXPECT_EQ(selected({select("all"), ignore("coro-*"), select("blocking")}),
            "coro-blocking-call coro-sync-wait");
  EXPECT_EQ(selected({ignore("coro-nested-run")}), "coro-blocking-call");
  EXPECT_EQ(selected({ignore("all")}), "");
}

TEST(CheckSelection, AnExtensionAddsToWhatIsOn) {
  EXPECT_EQ(selected({extend("coro-odd-style")}),
            "coro-blocking-call coro-nested-run coro-odd-style");
  EXPECT_EQ(selected({select("coro-sync-wait"), extend("coro-odd-style")}),
            "coro-odd-style coro-sync-wait");
}

TEST(CheckSelection, TheOriginIsTheRuleThatDecided) {
  Rule First{Rule::Verb::Select, "blocking", {"/p/a.yaml", 1, 1}};
  Rule Second{Rule::Verb::Ignore, "coro-sync-wait", {"/p/a.yaml", 2, 1}};
  Selection All = selectChecks(someChecks(), {First, Second}, {});
  EXPECT_EQ(All["coro-blocking-call"].From.Line, 1u);
  EXPECT_EQ(All["coro-sync-wait"].From.Line, 2u);
  EXPECT_EQ(All["coro-odd-style"].From.Line, 1u) << "it does not name this one";
  EXPECT_EQ(selectChecks(someChecks(), {}, {})["coro-odd-style"].From.Source, "default");
}

TEST(CheckSelection, AnUnknownNameIsAMistakeWithTheNearest) {
  EXPECT_EQ(mistake("coro-bloking-call"), "no check is called 'coro-bloking-call'; did you mean "
                                          "'coro-blocking-call'?");
  EXPECT_EQ(mistake("nested-run"),
            "no check is called 'nested-run'; did you mean 'coro-nested-run'?");
  EXPECT_EQ(mistake("meduim"), "no check is called 'meduim'; did you mean 'medium'?");
  EXPECT_EQ(mistake("xyzzy-plugh"), "no check is called 'xyzzy-plugh'; 'corolint list' prints all");
  EXPECT_EQ(mistake("await-*").substr(0, 8), "no check");
  EXPECT_EQ(mistake("coro-["), "'coro-[' is not a pattern of check names");
  EXPECT_EQ(mistake("default"), "");
}

} // namespace
