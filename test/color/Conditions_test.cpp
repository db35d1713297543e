// Conditions_test.cpp - effects that depend on the arguments of a call
#include "test/color/Program.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

/// Waits for as long as its parameter 0 says.
Function waits() { return function("wait", {Blocking(20, "poll").unlessZero(0)}); }

const std::string Reported = "loop a.cpp:3 > wait a.cpp:20 > poll: blocks high";

TEST(Conditions, AZeroTimeoutDoesNotBlock) {
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3).with(0, 0)}), waits()}), Lines{});
}

TEST(Conditions, AnotherTimeoutBlocks) {
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3).with(0, 5)}), waits()}), Lines{Reported});
}

/// Likewise, but only probably when nobody knows how long.
Function mayWait() {
  Function Result = waits();
  Result.Calls.front().Primitive->WhenUnknown = Confidence::Medium;
  return Result;
}

TEST(Conditions, AConstantIsAsSureAsThePrimitive) {
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3).with(0, 5)}), mayWait()}), Lines{Reported});
}

TEST(Conditions, AnUnknownArgumentLowersTheConfidence) {
  const std::string Less = "loop a.cpp:3 > wait a.cpp:20 > poll: blocks medium";
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3)}), mayWait()}), Lines{Less});
  // The root's own parameter is not known either.
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3).forwarding(0, 0)}), mayWait()}),
            Lines{Less});
}

TEST(Conditions, AConstantIsFoundThroughAHelper) {
  Function Helper = function("helper", {To("wait", 7).forwarding(0, 1)});
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3).with(1, 5), To("helper", 4)}), Helper,
                      mayWait()}),
            (Lines{"loop a.cpp:3 > helper a.cpp:7 > wait a.cpp:20 > poll: "
                   "blocks high",
                   "loop a.cpp:4 > helper a.cpp:7 > wait a.cpp:20 > poll: "
                   "blocks medium"}));
}

TEST(Conditions, APrimitiveOnAParameterOfTheRootIsLessSure) {
  Function Root = coroutine("loop", {Blocking(3, "poll").unlessZero(0)});
  Root.Calls.front().Primitive->WhenUnknown = Confidence::Medium;
  EXPECT_EQ(findings({Root}), Lines{"loop a.cpp:3 > poll: blocks medium"});
}

TEST(Conditions, AnUnknownTimeoutBlocks) {
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3)}), waits()}), Lines{Reported});
}

TEST(Conditions, AZeroForAnotherParameterDecidesNothing) {
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3).with(1, 0)}), waits()}), Lines{Reported});
}

TEST(Conditions, AConditionMovesThroughTwoHelpers) {
  Unit Helpers =
      unit("b.cpp", {function("outer", {To("inner", 5).forwarding(1, 2)}),
                     function("inner", {To("wait", 7).with(1, 0).forwarding(0, 1)}), waits()});
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("loop", {To("outer", 3).with(2, 0),
                                                        To("outer", 4).with(2, 1)})}),
                      Helpers}),
            Lines{"loop a.cpp:4 > outer b.cpp:5 > inner b.cpp:7 > wait b.cpp:20 > "
                  "poll: blocks high"});
}

TEST(Conditions, AHelperThatFixesTheTimeoutDecidesForItsCallers) {
  EXPECT_EQ(findings({coroutine("loop", {To("never", 3).with(0, 0), To("always", 4).with(0, 0)}),
                      function("never", {To("wait", 6).with(0, 0)}),
                      function("always", {To("wait", 7).with(0, 1)}), waits()}),
            Lines{"loop a.cpp:4 > always a.cpp:7 > wait a.cpp:20 > poll: blocks "
                  "high"});
}

TEST(Conditions, AnyTestThatHoldsIsEnough) {
  constexpr std::int64_t DontWait = 0x40;
  Function Receive = function(
      "receive",
      {Blocking(20, "recv").unlessZero(0).unless({1, ParameterTest::Kind::HasBits, DontWait})});
  EXPECT_EQ(
      findings({coroutine("loop", {To("receive", 3).with(0, 0), To("receive", 4).with(1, 0x43),
                                   To("receive", 5).with(1, 0x03), To("receive", 6).with(0, 1)}),
                Receive}),
      (Lines{"loop a.cpp:5 > receive a.cpp:20 > recv: blocks high",
             "loop a.cpp:6 > receive a.cpp:20 > recv: blocks high"}));
}

TEST(Conditions, AValueCanBeTheOneThatDoesNotBlock) {
  Function Lock =
      function("lock", {Blocking(20, "lockf").unless({0, ParameterTest::Kind::Equals, 2})});
  EXPECT_EQ(
      findings({coroutine("loop", {To("lock", 3).with(0, 2), To("lock", 4).with(0, 3)}), Lock}),
      Lines{"loop a.cpp:4 > lock a.cpp:20 > lockf: blocks high"});
}

TEST(Conditions, AFunctionMayBlockInTwoWays) {
  EXPECT_EQ(findings({coroutine("loop", {To("both", 3).with(0, 0), To("both", 4).with(0, 1)}),
                      function("both", {Blocking(8, "poll").unlessZero(0), To("deep", 9)}),
                      function("deep", {Blocking(12)})}),
            (Lines{"loop a.cpp:3 > both a.cpp:9 > deep a.cpp:12 > sleep: "
                   "blocks high",
                   "loop a.cpp:4 > both a.cpp:8 > poll: blocks high"}));
}

TEST(Conditions, ADeclaredFunctionIsAbsentWhenItsTestHolds) {
  Sink Declared = sink("db::wait");
  Declared.Unless = {{0, ParameterTest::Kind::Zero, 0}};
  EXPECT_EQ(findings({coroutine("loop", {To("wait", 3).with(0, 0), To("wait", 4).with(0, 9)}),
                      function("wait", {}).pure().declared(Declared)}),
            Lines{"loop a.cpp:4 > db::wait: blocks high"});
}

TEST(Conditions, ARootWhoseParameterDecidesIsReported) {
  EXPECT_EQ(findings({coroutine("loop", {Blocking(3, "poll").unlessZero(0),
                                         To("wait", 4).forwarding(0, 1)}),
                      waits()}),
            (Lines{"loop a.cpp:3 > poll: blocks high",
                   "loop a.cpp:4 > wait a.cpp:20 > poll: blocks high"}));
}

TEST(Conditions, RecursionThatTurnsParametersRoundEnds) {
  std::vector<Call> Body = {Blocking(20, "poll").unlessZero(0)};
  To Again("turn", 21);
  for (std::uint32_t P = 0; P != 20; ++P)
    Again = std::move(Again).forwarding(P, (P + 1) % 20);
  Body.push_back(Again);
  To First("turn", 3);
  for (std::uint32_t P = 0; P != 20; ++P)
    First = std::move(First).with(P, P == 2 ? 1 : 0);
  EXPECT_EQ(findings({coroutine("loop", {First}), function("turn", Body)}),
            Lines{"loop a.cpp:3 > turn a.cpp:21 > turn a.cpp:21 > turn "
                  "a.cpp:20 > poll: blocks high"});
}

TEST(Conditions, AVirtualCallIsSureWhenAllOverridersBlockUnconditionally) {
  auto Calling = [](std::vector<Call> Body) {
    return findings({coroutine("loop", {To("Base::wait", 3).as(Dispatch::Virtual).with(0, 5)}),
                     function("A::wait", {Blocking(7)}).overriding("Base::wait"),
                     function("B::wait", std::move(Body)).overriding("Base::wait")});
  };
  EXPECT_EQ(Calling({Blocking(8)}), Lines{"loop a.cpp:3 > A::wait a.cpp:7 > sleep: blocks high"});
  EXPECT_EQ(Calling({Blocking(8).unlessZero(0)}),
            Lines{"loop a.cpp:3 > A::wait a.cpp:7 > sleep: blocks medium"});
}

} // namespace
} // namespace corolint::test
