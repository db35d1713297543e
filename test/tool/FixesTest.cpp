// FixesTest.cpp - edits are applied whole and never twice

#include "tool/report/Fixes.h"
#include "test/tool/TemporaryFolder.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

Finding withFix(std::vector<Edit> Edits, bool Safe = true) {
  Finding Result;
  Result.Where = {"a.cpp", 1, 1, 1, 2};
  Result.Fixes.push_back({"insert 'co_await'", Safe, std::move(Edits)});
  return Result;
}

const SourceText Sources("/project");

} // namespace

TEST(Fixes, AppliesEditsInOrder) {
  EXPECT_EQ(applyEdits("abcdef", {{"", 0, 0, "<"}, {"", 2, 2, "X"}, {"", 6, 0, ">"}}), "<abXef>");
  EXPECT_EQ(applyEdits("", {{"", 0, 0, "x"}}), "x");
}

TEST(Fixes, OnlySafeOnesArePlanned) {
  FixPlan Plan = planFixes({withFix({{"a.cpp", 0, 1, "x"}}, false), Finding()}, Sources);
  EXPECT_TRUE(Plan.Edits.empty());
  EXPECT_TRUE(Plan.Dropped.empty());
  EXPECT_EQ(Plan.Mends, (std::vector<bool>{false, false}));
}

TEST(Fixes, TheSameEditCountsOnceAndMendsBoth) {
  FixPlan Plan = planFixes(
      {withFix({{"a.cpp", 3, 0, "co_await "}}), withFix({{"./a.cpp", 3, 0, "co_await "}})},
      Sources);
  ASSERT_EQ(Plan.Edits.size(), 1U);
  EXPECT_EQ(Plan.Edits.begin()->first, "/project/a.cpp");
  EXPECT_EQ(Plan.Edits.begin()->second.size(), 1U);
  EXPECT_EQ(Plan.Mends, (std::vector<bool>{true, true}));
}

TEST(Fixes, AnOverlapDropsTheWholeLaterFix) {
  FixPlan Plan = planFixes({withFix({{"a.cpp", 10, 5, "x"}}),
                            withFix({{"a.cpp", 0, 1, "y"}, {"a.cpp", 14, 1, "z"}}),
                            withFix({{"a.cpp", 15, 1, "beside"}})},
                           Sources);
  EXPECT_EQ(Plan.Mends, (std::vector<bool>{true, false, true}));
  EXPECT_EQ(Plan.Edits.begin()->second.size(), 2U);
  ASSERT_EQ(Plan.Dropped.size(), 1U);
  EXPECT_EQ(Plan.Dropped[0], "a.cpp:1: 'insert 'co_await'' overlaps another "
                             "fix; run again to apply it");
}

TEST(Fixes, TheDiffHasHunksWithContext) {
  std::string Text;
  for (int I = 1; I <= 20; ++I)
    Text += std::to_string(I) + "\n";
  // Lines 2 and 15 ("2" is at byte 2, "15" at byte 18 + 5 * 3).
  std::string Diff = unifiedDiff(Text, {{"", 2, 1, "two\nlines"}, {"", 33, 2, "XV"}}, "src/a.cpp");
  EXPECT_EQ(Diff, "--- a/src/a.cpp\n+++ b/src/a.cpp\n"
                  "@@ -1,5 +1,6 @@\n 1\n-2\n+two\n+lines\n 3\n 4\n 5\n"
                  "@@ -12,7 +13,7 @@\n 12\n 13\n 14\n-15\n+XV\n 16\n 17\n 18\n");
}

TEST(Fixes, TheDiffJoinsEditsOfOneLineAndKnowsAMissingLastNewline) {
  EXPECT_EQ(unifiedDiff("a b\nc", {{"", 0, 1, "A"}, {"", 2, 1, "B"}}, "x"),
            "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a b\n+A B\n c\n"
            "\\ No newline at end of file\n");
  EXPECT_EQ(unifiedDiff("x", {}, "x"), "");
}
