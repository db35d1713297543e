// FingerprintTest.cpp - what changes a fingerprint and what does not

#include "tool/filter/Fingerprint.h"
#include "test/tool/TemporaryFolder.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

std::vector<std::string> fingerprints(const std::string &Text, std::vector<Finding> Findings) {
  TemporaryFolder Folder;
  Folder.write("a.cpp", Text);
  SourceText Sources(Folder.path());
  addFingerprints(Findings, Sources);
  std::vector<std::string> Result;
  for (const Finding &Each : Findings)
    Result.push_back(Each.Fingerprint);
  return Result;
}

Finding findingAt(unsigned Line) {
  Finding Result;
  Result.Check = "coro-blocking-call";
  Result.Where = {"a.cpp", Line, 1, Line, 2};
  Result.Message = "message";
  Result.Function = "f";
  return Result;
}

std::string fingerprint(const std::string &Text, const Finding &Each) {
  return fingerprints(Text, {Each}).front();
}

} // namespace

TEST(Fingerprint, SurvivesALineInsertedAboveAndANewIndentation) {
  std::string Before = fingerprint("sleep(1);\n", findingAt(1));
  EXPECT_EQ(Before, fingerprint("\n\t sleep( 1 );\r\n", findingAt(2)));
  EXPECT_EQ(Before.substr(0, 3), "v1:");
  EXPECT_EQ(Before.size(), 19U);
}

TEST(Fingerprint, DoesNotDependOnTheMessage) {
  Finding Other = findingAt(1);
  Other.Message = "better words";
  EXPECT_EQ(fingerprint("x\n", findingAt(1)), fingerprint("x\n", Other));
}

TEST(Fingerprint, DependsOnCheckPathFunctionAndText) {
  std::string Same = fingerprint("x\n", findingAt(1));
  Finding Other = findingAt(1);
  Other.Check = "coro-nested-run";
  EXPECT_NE(Same, fingerprint("x\n", Other));
  Other = findingAt(1);
  Other.Function = "g";
  EXPECT_NE(Same, fingerprint("x\n", Other));
  Other = findingAt(1);
  Other.Where.File = "b.cpp";
  EXPECT_NE(Same, fingerprint("x\n", Other));
  EXPECT_NE(Same, fingerprint("y\n", findingAt(1)));
}

TEST(Fingerprint, EqualLinesAreCounted) {
  auto Three = fingerprints("x\nx\ny\n", {findingAt(1), findingAt(2), findingAt(3)});
  EXPECT_NE(Three[0], Three[1]);
  auto One = fingerprints("y\nx\n", {findingAt(2)});
  EXPECT_EQ(One[0], Three[0]) << "the first of its kind stays the first";
}
