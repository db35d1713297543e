// CheckSelectionTest.cpp - --select and --ignore

#include "tool/filter/CheckSelection.h"

#include "llvm/ADT/StringExtras.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

CheckRow row(const char *Id, const char *Family, Level Tier) {
  CheckRow Result;
  Result.Id = Id;
  Result.Family = Family;
  Result.Tier = Tier;
  return Result;
}

const std::vector<CheckRow> Checks{
    row("coro-blocking-call", "blocking", Level::High),
    row("coro-sync-wait", "blocking", Level::Medium),
    row("coro-nested-run", "color_rules", Level::High),
    row("coro-odd-style", "hygiene", Level::Low),
};

std::string selected(std::vector<SelectionRule> Rules,
                     Level Lowest = Level::High) {
  auto Result = selectChecks(Checks, Rules, Lowest);
  return Result ? llvm::join(*Result, " ")
                : "error: " + llvm::toString(Result.takeError());
}

SelectionRule select(const char *Pattern) { return {true, Pattern}; }
SelectionRule ignore(const char *Pattern) { return {false, Pattern}; }

} // namespace

TEST(CheckSelection, TheTierIsTheDefault) {
  EXPECT_EQ(selected({}), "coro-blocking-call coro-nested-run");
  EXPECT_EQ(selected({}, Level::Medium),
            "coro-blocking-call coro-nested-run coro-sync-wait");
}

TEST(CheckSelection, ASelectionStartsEmptyAndMayNameAnyTier) {
  EXPECT_EQ(selected({select("coro-odd-style")}), "coro-odd-style");
  EXPECT_EQ(selected({select("blocking")}),
            "coro-blocking-call coro-sync-wait");
  EXPECT_EQ(selected({select("color-rules")}), "coro-nested-run");
  EXPECT_EQ(selected({select("coro-*-call")}), "coro-blocking-call");
  EXPECT_EQ(selected({select("default"), select("coro-odd-style")}),
            "coro-blocking-call coro-nested-run coro-odd-style");
}

TEST(CheckSelection, TheLastRuleWins) {
  EXPECT_EQ(selected({select("all"), ignore("blocking")}),
            "coro-nested-run coro-odd-style");
  EXPECT_EQ(selected({select("all"), ignore("coro-*"), select("blocking")}),
            "coro-blocking-call coro-sync-wait");
  EXPECT_EQ(selected({ignore("coro-nested-run")}), "coro-blocking-call");
  EXPECT_EQ(selected({ignore("all")}), "");
}

TEST(CheckSelection, AnUnknownNameIsAnErrorWithTheNearest) {
  EXPECT_EQ(selected({select("coro-bloking-call")}),
            "error: no check is called 'coro-bloking-call'; did you mean "
            "'coro-blocking-call'?");
  EXPECT_EQ(selected({ignore("nested-run")}),
            "error: no check is called 'nested-run'; did you mean "
            "'coro-nested-run'?");
  EXPECT_EQ(selected({select("xyzzy-plugh")}),
            "error: no check is called 'xyzzy-plugh'; 'corolint list' prints "
            "all");
  EXPECT_EQ(selected({select("await-*")}).substr(0, 6), "error:");
}
