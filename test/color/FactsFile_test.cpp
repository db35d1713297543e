// FactsFile_test.cpp - files of facts, and what is wrong with them
#include "test/color/Program.h"

#include "checks/facts/FactsFile.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

std::string whole() { return fileOf(unit("a.cpp", {function("f", {Blocking(3)})})); }

std::string problem(std::string_view Content) {
  auto Read = readFacts(Content);
  auto *Wrong = std::get_if<std::string>(&Read);
  return Wrong ? *Wrong : "";
}

TEST(FactsFile, GivesBackWhatItHolds) {
  Unit Of = unit("a.cpp", {function("f", {Blocking(3)})});
  EXPECT_EQ(std::get<Unit>(readFacts(fileOf(Of))), Of);
  Summary Empty;
  Empty.Root = "..";
  EXPECT_EQ(std::get<Summary>(readSummary(fileOf(Empty))), Empty);
}

TEST(FactsFile, OfAnotherVersionSaysWhich) {
  std::string Other = whole();
  Other.replace(0, Other.find('\n'), "corolint facts 9.9.9-1");
  EXPECT_TRUE(problem(Other).starts_with("was written by corolint 9.9.9-1, and this is corolint "))
      << problem(Other);
}

TEST(FactsFile, ThatIsCutOrChangedIsDamaged) {
  std::string Content = whole();
  EXPECT_EQ(problem(Content.substr(0, Content.size() - 1)), "is damaged");
  Content[Content.size() / 2] ^= 1;
  EXPECT_EQ(problem(Content), "is damaged");
}

TEST(FactsFile, IsNotAnyFile) {
  for (std::string_view Content : {"", "\n", "int main() {}\n", "corolint facts"})
    EXPECT_EQ(problem(Content), "is not a file of corolint's facts");
  EXPECT_EQ(problem(fileOf(Summary())), "is not a file of corolint's facts");
  EXPECT_TRUE(std::holds_alternative<std::string>(readSummary(whole())));
}

} // namespace
} // namespace corolint::test
