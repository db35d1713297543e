// FilterTest.cpp - which findings are dropped

#include "tool/filter/FindingFilter.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

Finding findingIn(const char *File, Level Confidence = Level::High, bool Suppressed = false) {
  Finding Result;
  Result.Where = {File, 1, 1, 1, 2};
  Result.Confidence = Confidence;
  Result.Suppressed = Suppressed;
  return Result;
}

FilterOptions fromLevel(Level Lowest) {
  return {"/p", {}, [=](const std::string &) { return Lowest; }};
}

std::string files(Results Found, const FilterOptions &Options) {
  filterFindings(Found, Options);
  std::string Result;
  for (const Finding &Each : Found.Findings)
    Result += Each.Where.File + " ";
  return Result;
}

} // namespace

TEST(FindingFilter, OutsideTheRootIsDropped) {
  Results Found;
  Found.Findings = {findingIn("a.cpp"), findingIn("/usr/include/x.h")};
  EXPECT_EQ(files(Found, fromLevel(Level::High)), "a.cpp ");
}

TEST(FindingFilter, RequestedPathsDecideAlone) {
  Results Found;
  Found.Findings = {findingIn("src/a.cpp"), findingIn("lib/b.cpp"), findingIn("/other/c.cpp")};
  EXPECT_EQ(files(Found, {"/p", {"/p/src"}}), "src/a.cpp ");
  EXPECT_EQ(files(Found, {"/p", {"/other", "/p/lib/b.cpp"}}), "lib/b.cpp /other/c.cpp ");
}

TEST(FindingFilter, SuppressedAndUnsureOnesAreCounted) {
  Results Found;
  Found.Findings = {findingIn("a.cpp"), findingIn("b.cpp", Level::Medium),
                    findingIn("c.cpp", Level::Low), findingIn("d.cpp", Level::Low, true),
                    findingIn("/out.h", Level::High, true)};
  filterFindings(Found, fromLevel(Level::High));
  EXPECT_EQ(Found.Findings.size(), 1U);
  EXPECT_EQ(Found.Suppressed.size(), 1U);
  EXPECT_EQ(Found.Totals.BelowTier, 2U);
}

TEST(FindingFilter, StrictShowsMedium) {
  Results Found;
  Found.Findings = {findingIn("a.cpp"), findingIn("b.cpp", Level::Medium),
                    findingIn("c.cpp", Level::Low)};
  EXPECT_EQ(files(Found, fromLevel(Level::Medium)), "a.cpp b.cpp ");
}
