// DiffTest.cpp - the lines that a diff touches
#include "tool/project/Diff.h"

#include <gtest/gtest.h>

namespace {

using corolint::tool::ChangedLines;
using corolint::tool::parseDiff;

ChangedLines parsed(const char *Text) {
  auto Result = parseDiff(Text, "/project");
  EXPECT_TRUE(static_cast<bool>(Result));
  return Result ? std::move(*Result) : ChangedLines();
}

TEST(Diff, AddedLinesAreTouchedAndContextIsNot) {
  ChangedLines Lines = parsed("--- a/x.cpp\n+++ b/x.cpp\n"
                              "@@ -1,3 +1,4 @@ int f()\n one\n+two\n three\n+four\n"
                              "@@ -9 +10 @@\n-old\n+new\n");
  EXPECT_FALSE(Lines.touches("/project/x.cpp", 1, 1));
  EXPECT_TRUE(Lines.touches("/project/x.cpp", 2, 2));
  EXPECT_FALSE(Lines.touches("/project/x.cpp", 3, 3));
  EXPECT_TRUE(Lines.touches("/project/x.cpp", 3, 4));
  EXPECT_TRUE(Lines.touches("/project/x.cpp", 10, 10));
  EXPECT_FALSE(Lines.touches("/project/x.cpp", 11, 99));
  EXPECT_FALSE(Lines.touches("/project/y.cpp", 2, 2));
}

TEST(Diff, WhatIsTakenAwayTouchesItsNeighbours) {
  ChangedLines Lines = parsed("--- a/x.cpp\n+++ b/x.cpp\n@@ -5,2 +4,0 @@\n-a\n-b\n");
  EXPECT_TRUE(Lines.touches("/project/x.cpp", 4, 4));
  EXPECT_TRUE(Lines.touches("/project/x.cpp", 5, 5));
  EXPECT_FALSE(Lines.touches("/project/x.cpp", 6, 6));
}

TEST(Diff, LinesThatLookLikeHeadersAreText) {
  ChangedLines Lines = parsed("--- a/x.cpp\n+++ b/x.cpp\n@@ -1,2 +1,2 @@\n"
                              "--- a/y.cpp\n-- count;\n+++ b/y.cpp\n+++ count;\n");
  EXPECT_EQ(Lines.files(), std::vector<std::string>{"/project/x.cpp"});
}

TEST(Diff, DeletedFilesAreNotTouched) {
  EXPECT_TRUE(parsed("--- a/x.cpp\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n").files().empty());
}

TEST(Diff, NamesMayBeQuotedFollowedByATimeAndWithoutPrefix) {
  EXPECT_EQ(parsed("+++ \"b/a\\\"\\303\\244.cpp\"\n@@ -0,0 +1 @@\n+a\n").files(),
            std::vector<std::string>{"/project/a\"\303\244.cpp"});
  EXPECT_EQ(parsed("+++ x.cpp\t2026-01-01 00:00:00\n@@ -0,0 +1 @@\n+a\n").files(),
            std::vector<std::string>{"/project/x.cpp"});
}

TEST(Diff, NothingIsADiffAndOtherTextIsNone) {
  EXPECT_TRUE(parsed("\n").files().empty());
  auto Other = parseDiff("int main() {}\n", "/project");
  EXPECT_FALSE(static_cast<bool>(Other));
  llvm::consumeError(Other.takeError());
}

} // namespace
