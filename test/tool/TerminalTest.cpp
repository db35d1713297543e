// TerminalTest.cpp - when colour is used

#include "tool/base/Terminal.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <unistd.h>

using namespace corolint::tool;

namespace {

/// Runs with a clean environment; the descriptor is a pipe, not a terminal.
class TerminalTest : public testing::Test {
protected:
  void SetUp() override {
    unsetenv("NO_COLOR");
    unsetenv("CLICOLOR_FORCE");
    ASSERT_EQ(pipe(Ends), 0);
  }
  void TearDown() override {
    unsetenv("NO_COLOR");
    unsetenv("CLICOLOR_FORCE");
    close(Ends[0]);
    close(Ends[1]);
  }
  bool hasColor(ColorMode Mode) { return Terminal::open(Ends[1], Mode).hasColor(); }

  int Ends[2];
};

} // namespace

TEST_F(TerminalTest, APipeHasNoColorUnlessAsked) {
  EXPECT_FALSE(hasColor(ColorMode::Auto));
  EXPECT_TRUE(hasColor(ColorMode::Always));
  EXPECT_FALSE(hasColor(ColorMode::Never));
}

TEST_F(TerminalTest, TheEnvironmentDecidesForAuto) {
  setenv("CLICOLOR_FORCE", "1", 1);
  EXPECT_TRUE(hasColor(ColorMode::Auto));
  EXPECT_FALSE(hasColor(ColorMode::Never));
  setenv("CLICOLOR_FORCE", "0", 1);
  EXPECT_FALSE(hasColor(ColorMode::Auto));
  setenv("CLICOLOR_FORCE", "1", 1);
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(hasColor(ColorMode::Auto));
  EXPECT_TRUE(hasColor(ColorMode::Always)) << "the option is nearer";
}

TEST_F(TerminalTest, AnEmptyNoColorIsNotSet) {
  setenv("CLICOLOR_FORCE", "1", 1);
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(hasColor(ColorMode::Auto));
}

TEST_F(TerminalTest, WithoutColorTextIsUnchanged) {
  Terminal Plain = Terminal::plain();
  EXPECT_EQ(Plain.paint(Terminal::Style::Error, "x"), "x");
  EXPECT_EQ(Plain.linkToFile("/a", "x"), "x");
  Terminal Colored = Terminal::open(Ends[1], ColorMode::Always);
  EXPECT_EQ(Colored.paint(Terminal::Style::Bold, "x"), "\033[1mx\033[0m");
  EXPECT_EQ(Colored.linkToFile("/a", "x"), "x") << "a pipe has no links";
}
