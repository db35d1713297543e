// Chains_test.cpp - effects along calls, in one unit and over several
#include "test/color/Program.h"

#include "checks/color/Solver.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

TEST(Chains, ACallOfAPrimitiveIsReportedWhereItStands) {
  EXPECT_EQ(findings({coroutine("loop", {Blocking(3)})}),
            Lines{"loop a.cpp:3 > sleep: blocks high"});
}

TEST(Chains, AChainIsReportedAtItsFirstCall) {
  EXPECT_EQ(findings({coroutine("loop", {To("outer", 3)}), function("outer", {To("inner", 6)}),
                      function("inner", {Blocking(9)})}),
            Lines{"loop a.cpp:3 > outer a.cpp:6 > inner a.cpp:9 > sleep: "
                  "blocks high"});
}

TEST(Chains, AChainCrossesTwoUnits) {
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("loop", {To("helper", 3)})}),
                      unit("b.cpp", {function("helper", {Blocking(7)})})}),
            Lines{"loop a.cpp:3 > helper b.cpp:7 > sleep: blocks high"});
}

TEST(Chains, AChainCrossesFiveUnits) {
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("loop", {To("f1", 1)})}),
                      unit("b.cpp", {function("f1", {To("f2", 2)})}),
                      unit("c.cpp", {function("f2", {To("f3", 3)})}),
                      unit("d.cpp", {function("f3", {To("f4", 4)})}),
                      unit("e.cpp", {function("f4", {Blocking(5)})})}),
            Lines{"loop a.cpp:1 > f1 b.cpp:2 > f2 c.cpp:3 > f3 d.cpp:4 > f4 "
                  "e.cpp:5 > sleep: blocks high"});
}

TEST(Chains, AnUnknownFunctionIsHarmless) {
  EXPECT_EQ(findings({coroutine("loop", {To("unknown", 3)})}), Lines{});
}

TEST(Chains, ABlockingFunctionOutsideTheLoopIsNotReported) {
  EXPECT_EQ(findings({function("main", {Blocking(3), To("helper", 4)}),
                      function("helper", {Blocking(9)})}),
            Lines{});
}

TEST(Chains, ACycleOverTwoUnitsShowsTheShortestPath) {
  EXPECT_EQ(findings({unit("a.cpp",
                           {coroutine("loop", {To("ping", 3)}), function("ping", {To("pong", 5)})}),
                      unit("b.cpp", {function("pong", {To("ping", 6), To("deep", 7), Blocking(8)}),
                                     function("deep", {Blocking(9)})})}),
            Lines{"loop a.cpp:3 > ping a.cpp:5 > pong b.cpp:8 > sleep: blocks "
                  "high"});
}

TEST(Chains, ACycleWithoutAPrimitiveIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {To("ping", 3)}), function("ping", {To("pong", 5)}),
                      function("pong", {To("ping", 6), To("pong", 7)})}),
            Lines{});
}

TEST(Chains, OfEquallyShortPathsTheFirstPlaceWins) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3)}),
                      function("helper", {Blocking(9, "read"), Blocking(7, "write").at(5),
                                          Blocking(7, "send").at(2)})}),
            Lines{"loop a.cpp:3 > helper a.cpp:7 > send: blocks high"});
}

TEST(Chains, ASurerPathWinsOverAShorterOne) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3)}),
                      function("helper", {Blocking(5, "log", Confidence::Low), To("deep", 6)}),
                      function("deep", {Blocking(9)})}),
            Lines{"loop a.cpp:3 > helper a.cpp:6 > deep a.cpp:9 > sleep: blocks "
                  "high"});
}

TEST(Chains, WhatIsOnlyLikelyIsReportedWithItsConfidence) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3)}),
                      function("helper", {Blocking(5, "log", Confidence::Low)})}),
            Lines{"loop a.cpp:3 > helper a.cpp:5 > log: blocks low"});
}

TEST(Chains, ADestructorIsACallLikeAnother) {
  EXPECT_EQ(findings({coroutine("loop", {To("~Connection", 8).as(Dispatch::Destructor)}),
                      function("~Connection", {Blocking(20, "close")})}),
            Lines{"loop a.cpp:8 > ~Connection a.cpp:20 > close: blocks high"});
}

TEST(Chains, EachEffectOfACallIsReported) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("helper", 3)}),
                function("helper", {Blocking(5), Blocking(6, "run").doing(Effect::RunsLoop)})}),
      (Lines{"loop a.cpp:3 > helper a.cpp:5 > sleep: blocks high",
             "loop a.cpp:3 > helper a.cpp:6 > run: runs-loop high"}));
}

TEST(Chains, ThePathThatEndsTheProgramIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {Blocking(3).on(Guard::NoReturn),
                                         To("fail", 4).on(Guard::NoReturn), To("check", 5)}),
                      function("check", {To("fail", 7).on(Guard::NoReturn)}),
                      function("fail", {Blocking(9)})}),
            Lines{});
}

TEST(Chains, AHelperThatBlocksElsewhereIsSilent) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("helper", 3)}),
                function("helper", {Blocking(5).on(Guard::NoReturn), Blocking(6).offLoop()})}),
      Lines{});
}

TEST(Chains, AConditionalCallKeepsItsConfidence) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3).on(Guard::Conditional)}),
                      function("helper", {Blocking(5).on(Guard::Conditional)})}),
            Lines{"loop a.cpp:3 > helper a.cpp:5 > sleep: blocks high"});
}

TEST(Chains, WhatRunsOnAPoolIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {Blocking(3).offLoop(), To("helper", 4).offLoop()}),
                      function("helper", {Blocking(5)})}),
            Lines{});
}

TEST(Chains, ASuppressedCallStopsTheChainAboveIt) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3), To("deep", 4)}),
                      function("helper", {Blocking(6).suppressed()}),
                      function("deep", {To("deeper", 7).suppressed()}),
                      function("deeper", {Blocking(8)})}),
            Lines{});
}

TEST(Chains, ASuppressionCoversOneEffect) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3)}),
                      function("helper", {Blocking(6).suppressed(Effect::Locks)})}),
            Lines{"loop a.cpp:3 > helper a.cpp:6 > sleep: blocks high"});
}

TEST(Chains, ASuppressedCallInTheRootIsReportedAsSuppressed) {
  EXPECT_EQ(findings({coroutine("loop", {Blocking(3).suppressed(), To("helper", 4).suppressed()}),
                      function("helper", {Blocking(6)})}),
            (Lines{"loop a.cpp:3 > sleep: blocks high suppressed",
                   "loop a.cpp:4 > helper a.cpp:6 > sleep: blocks high suppressed"}));
}

TEST(Chains, OnlyADirectCallHasAFix) {
  EXPECT_EQ(findings({coroutine("loop",
                                {Blocking(3).mended("co_await it"), To("helper", 4).mended("no")}),
                      function("helper", {Blocking(6).mended("neither")})}),
            (Lines{"loop a.cpp:3 > sleep: blocks high [co_await it]",
                   "loop a.cpp:4 > helper a.cpp:6 > sleep: blocks high"}));
}

TEST(Chains, OneCallReachingManyPrimitivesIsOneFinding) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3)}),
                      function("helper", {Blocking(5, "read"), Blocking(6, "write")})}),
            Lines{"loop a.cpp:3 > helper a.cpp:5 > read: blocks high"});
}

TEST(Chains, AChainOfAHundredThousandCallsIsFollowed) {
  constexpr unsigned Depth = 100'000;
  std::vector<Function> Functions;
  Functions.push_back(coroutine("loop", {To("f0", 1)}));
  for (unsigned I = 0; I != Depth; ++I)
    Functions.push_back(
        function("f" + std::to_string(I), {To("f" + std::to_string(I + 1), I + 2)}));
  Functions.push_back(function("f" + std::to_string(Depth), {Blocking(Depth + 2)}));
  color::Graph Program;
  Program.add(unit("a.cpp", std::move(Functions)));
  std::vector<color::Violation> Found = color::solve(Program);
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Chain.size(), Depth + 2);
  EXPECT_EQ(Found[0].Chain[Depth].Where.Line, Depth + 1);
}

} // namespace
} // namespace corolint::test
