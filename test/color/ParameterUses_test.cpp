// ParameterUses_test.cpp - what becomes of an argument in the whole program
#include "test/color/Program.h"

#include "checks/color/ParameterUses.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

using color::Graph;
using color::usesOf;

/// `Name` does \p Does with parameter 0 and hands it on as \p Next say.
Fn doing(std::string Name, Uses Does, std::vector<Forward> Next = {}) {
  Fn Out = function(std::move(Name), {});
  if (Does != 0 || !Next.empty())
    Out.Parameters = {{0, Does, std::move(Next)}};
  return Out;
}

Graph linked(std::vector<std::vector<Function>> Units) {
  Graph Out;
  char File = 'a';
  for (std::vector<Function> &Functions : Units)
    Out.add(unit(std::string(1, File++) + ".cpp", std::move(Functions)));
  return Out;
}

TEST(ParameterUses, AreThoseOfTheFunctionItself) {
  Graph Program = linked({{doing("f", Stores | Awaits)}});
  EXPECT_EQ(usesOf(Program, "f", 0), Stores | Awaits);
  EXPECT_EQ(usesOf(Program, "f", 1), 0);
}

TEST(ParameterUses, AreUnknownWithoutABody) {
  Graph Program = linked({{doing("declared", Stores).pure()}});
  EXPECT_EQ(usesOf(Program, "declared", 0), std::nullopt);
  EXPECT_EQ(usesOf(Program, "absent", 0), std::nullopt);
}

TEST(ParameterUses, FollowTheArgumentIntoOtherUnits) {
  Graph Program = linked({{doing("f", 0, {{"g", 0, 0}})}, {doing("g", Spawns)}});
  EXPECT_EQ(usesOf(Program, "f", 0), Spawns);
}

TEST(ParameterUses, KnowWhatBecomesOfAResult) {
  Graph Program = linked({{doing("returns", 0, {{"g", 0, Returns}}),
                           doing("keeps", 0, {{"g", 0, Stores}}), doing("drops", 0, {{"g", 0, 0}})},
                          {doing("g", Returns)}});
  EXPECT_EQ(usesOf(Program, "returns", 0), Returns);
  EXPECT_EQ(usesOf(Program, "keeps", 0), Stores);
  EXPECT_EQ(usesOf(Program, "drops", 0), 0);
}

TEST(ParameterUses, EndWhereFunctionsCallEachOther) {
  Graph Program = linked(
      {{doing("f", Awaits, {{"g", 0, Returns}})}, {doing("g", Returns, {{"f", 0, Stores}})}});
  EXPECT_EQ(usesOf(Program, "f", 0), Awaits | Returns | Stores);
  EXPECT_EQ(usesOf(Program, "g", 0), Awaits | Returns | Stores);
}

TEST(ParameterUses, OfCopiesInHeadersAreJoined) {
  Graph Program = linked({{doing("f", Awaits, {{"g", 0, 0}}).inFile(1)},
                          {doing("f", Stores, {{"h", 0, 0}}).inFile(1)},
                          {doing("g", Consumes), doing("h", Spawns)}});
  EXPECT_EQ(usesOf(Program, "f", 0), Awaits | Stores | Consumes | Spawns);
}

TEST(ParameterUses, DecideConditions) {
  Graph Program = linked({{doing("f", Returns)}});
  EXPECT_TRUE(color::holds(Program, {"f", 0, Returns | Stores}));
  EXPECT_FALSE(color::holds(Program, {"f", 0, Spawns}));
  EXPECT_FALSE(color::holds(Program, {"unknown", 0, AllUses}));
}

} // namespace
} // namespace corolint::test
