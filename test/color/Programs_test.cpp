// Programs_test.cpp - a project whose programs define functions of the same name
#include "test/color/Program.h"

#include "checks/color/Graph.h"
#include "checks/color/ParameterUses.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

TEST(Programs, WhatOneDefinesSaysNothingOfAnother) {
  EXPECT_EQ(findings({unit("block.cpp", {function("start", {Blocking(4)})}),
                      unit("async.cpp", {coroutine("start", {To("f", 3)})})}),
            Lines{});
}

TEST(Programs, AFileCallsWhatItDefines) {
  EXPECT_EQ(
      findings(
          {unit("a.cpp", {coroutine("loop", {To("start", 3)}), function("start", {Blocking(4)})}),
           unit("b.cpp", {coroutine("other", {To("start", 3)}), function("start", {To("f", 5)})})}),
      Lines{"loop a.cpp:3 > start a.cpp:4 > sleep: blocks high"});
}

TEST(Programs, OtherFilesCallTheNearest) {
  EXPECT_EQ(findings({unit("x/main.cpp", {coroutine("quick", {To("load", 3)})}),
                      unit("x/load.cpp", {function("load", {To("f", 4)})}),
                      unit("y/main.cpp", {coroutine("slow", {To("load", 5)})}),
                      unit("y/load.cpp", {function("load", {Blocking(6)})})}),
            Lines{"slow y/main.cpp:5 > load y/load.cpp:6 > sleep: blocks high"});
}

TEST(Programs, OfTwoThatAreEquallyNearEitherMayBeMeant) {
  auto With = [](std::vector<Call> Other) {
    return findings({unit("main.cpp", {coroutine("loop", {To("load", 3)})}),
                     unit("x/load.cpp", {function("load", {Blocking(6)})}),
                     unit("y/load.cpp", {function("load", std::move(Other))})});
  };
  EXPECT_EQ(With({To("f", 7)}),
            Lines{"loop main.cpp:3 > load x/load.cpp:6 > sleep: blocks medium"});
  EXPECT_EQ(With({Blocking(7)}), Lines{"loop main.cpp:3 > load x/load.cpp:6 > sleep: blocks high"});
}

TEST(Programs, AnAnnotationHoldsForEach) {
  EXPECT_EQ(
      findings(
          {unit("a.cpp", {coroutine("loop", {To("load", 3)}), function("load", {Blocking(4)})}),
           unit("b.cpp", {coroutine("other", {To("load", 5)}), function("load", {Blocking(6)})}),
           unit("c.cpp", {function("load", {}).pure().mixed()})}),
      Lines{});
}

TEST(Programs, EachHasItsOwnOverriders) {
  auto Program = [](std::string File, unsigned Line, std::vector<Call> Body) {
    std::string Loop = "loop of " + File;
    return unit(std::move(File),
                {coroutine(Loop, {To("Base::read", Line).as(Dispatch::Virtual)}),
                 function("Base::read", {To("f", 9)}),
                 function("File::read", std::move(Body)).overriding("Base::read")});
  };
  EXPECT_EQ(findings({Program("a.cpp", 3, {Blocking(6)}), Program("b.cpp", 4, {To("f", 7)})}),
            Lines{"loop of a.cpp a.cpp:3 > File::read a.cpp:6 > sleep: blocks medium"});
}

TEST(Programs, ACallableIsTheFilesOwn) {
  auto Program = [](std::string File, std::vector<Call> Body) {
    return unit(std::move(File),
                {function("main", {To("post", 3).passing(0, Transfer::Loop, {"task"})}),
                 function("task", std::move(Body))});
  };
  EXPECT_EQ(findings({Program("a.cpp", {Blocking(6)}), Program("b.cpp", {To("f", 7)})}),
            Lines{"task a.cpp:6 > sleep: blocks high callback"});
}

TEST(Programs, WhatBecomesOfAnArgumentDependsOnTheFile) {
  auto Program = [](std::string File, Uses Does) {
    Fn Taker = function("take", {});
    Taker.Parameters = {{0, Does, {}}};
    Fn Giver = function("give", {});
    Giver.Parameters = {{0, 0, {{"take", 0, 0}}}};
    return unit(std::move(File), {Taker, Giver});
  };
  color::Graph All;
  All.add(Program("a.cpp", Awaits));
  All.add(Program("b.cpp", Spawns));
  EXPECT_EQ(color::usesOf(All, "give", 0, "a.cpp"), Awaits);
  EXPECT_EQ(color::usesOf(All, "give", 0, "b.cpp"), Spawns);
  EXPECT_EQ(color::usesOf(All, "give", 0, "x/c.cpp"), std::nullopt);
}

} // namespace
} // namespace corolint::test
