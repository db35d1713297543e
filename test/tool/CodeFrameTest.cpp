// CodeFrameTest.cpp - the caret stands under what it means

#include "tool/report/CodeFrame.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

std::string frame(llvm::StringRef Line, unsigned Column, unsigned EndColumn,
                  unsigned EndLine = 41) {
  return codeFrame(Line, {"a.cpp", 41, Column, EndLine, EndColumn}, Terminal::plain());
}

} // namespace

TEST(CodeFrame, MarksTheRange) {
  EXPECT_EQ(frame("  guard(mutex_);", 3, 8), "   41 |   guard(mutex_);\n"
                                             "      |   ^~~~~\n");
}

TEST(CodeFrame, APointIsOneCaret) {
  EXPECT_EQ(frame("ab", 2, 2), "   41 | ab\n      |  ^\n");
  EXPECT_EQ(frame("ab", 2, 0), "   41 | ab\n      |  ^\n");
}

TEST(CodeFrame, ARangeOverLinesEndsWithItsFirst) {
  EXPECT_EQ(frame("f(a,  ", 1, 3, 43), "   41 | f(a,\n      | ^~~~\n");
}

TEST(CodeFrame, TabsAndWideCharactersKeepTheCaretInPlace) {
  EXPECT_EQ(frame("\tx();", 2, 3), "   41 |     x();\n      |     ^\n");
  // Three bytes and two columns each.
  EXPECT_EQ(frame("\xE6\x97\xA5\xE6\x9C\xAC x", 8, 9),
            "   41 | \xE6\x97\xA5\xE6\x9C\xAC x\n      |      ^\n");
  // Two bytes and one column.
  EXPECT_EQ(frame("\xC3\xA4=x", 4, 5), "   41 | \xC3\xA4=x\n      |   ^\n");
}

TEST(CodeFrame, WhatCannotBePrintedIsReplaced) {
  EXPECT_EQ(frame("\033[31m\xFFx", 7, 8), "   41 | ?[31m?x\n      |       ^\n");
}

TEST(CodeFrame, ALongLineIsCutAroundTheCaret) {
  std::string Line(1000, 'a');
  Line[700] = 'X';
  std::string Result = frame(Line, 701, 702);
  auto [Code, Marks] = llvm::StringRef(Result).split('\n');
  EXPECT_LE(Code.size(), Terminal::plain().width());
  EXPECT_EQ(Code.find('X'), Marks.find('^'));
}

TEST(CodeFrame, PlacesOutsideTheLineAreNoCrash) {
  EXPECT_EQ(frame("", 1, 2), "");
  EXPECT_EQ(frame("   ", 1, 2), "");
  EXPECT_EQ(frame("ab", 90, 95), "   41 | ab\n      |  ^\n");
  EXPECT_EQ(frame("ab", 0, 0), "   41 | ab\n      | ^\n");
  EXPECT_EQ(codeFrame("ab", {"a.cpp", 0, 0, 0, 0}, Terminal::plain()), "");
}
