// RequirementTest.cpp - comparisons of versions

#include "checks/config/Requirement.h"

#include <gtest/gtest.h>

using namespace corolint::config;

namespace {

std::string answer(llvm::StringRef Text) {
  llvm::Expected<bool> Met = meets("0.10.2", Text);
  return !Met ? llvm::toString(Met.takeError()) : *Met ? "yes" : "no";
}

TEST(Requirement, NumbersAreComparedAsNumbers) {
  EXPECT_EQ(answer(">=0.9"), "yes");
  EXPECT_EQ(answer(">= 0.10"), "yes");
  EXPECT_EQ(answer("<0.10"), "no");
  EXPECT_EQ(answer("==0.10.2"), "yes");
  EXPECT_EQ(answer(">0.10.2"), "no");
  EXPECT_EQ(answer("<=0.10.2"), "yes");
}

TEST(Requirement, AllOfThemMustHold) {
  EXPECT_EQ(answer(">=0.1, <1"), "yes");
  EXPECT_EQ(answer(">=0.1,<0.2"), "no");
}

TEST(Requirement, WhatComparesNothingIsAMistake) {
  for (const char *Text : {"0.1", "", ">=", ">=next", "~0.1", ">=0.1,"})
    EXPECT_NE(answer(Text).find("compares no version; write it like '>=0.1'"), std::string::npos)
        << Text;
}

} // namespace
