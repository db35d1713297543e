// Dispatch_test.cpp - virtual calls and calls through pointers
#include "test/color/Program.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

Function base() { return function("Base::read", {}).pure(); }

Fn overrider(std::string Class, std::vector<Call> Body) {
  return function(Class + "::read", std::move(Body)).overriding("Base::read");
}

To readBase(unsigned Line) { return To("Base::read", Line).as(Dispatch::Virtual); }

TEST(Dispatch, AVirtualCallIsSureWhenAllOverridersBlock) {
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("loop", {readBase(3)}), base()}),
                      unit("b.cpp", {overrider("File", {Blocking(6)})}),
                      unit("c.cpp", {overrider("Pipe", {Blocking(5)})})}),
            Lines{"loop a.cpp:3 > File::read b.cpp:6 > sleep: blocks high"});
}

TEST(Dispatch, AVirtualCallIsLikelyWhenOneOverriderBlocks) {
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("loop", {readBase(3)}), base()}),
                      unit("b.cpp", {overrider("File", {Blocking(6)})}),
                      unit("c.cpp", {overrider("Memory", {})})}),
            Lines{"loop a.cpp:3 > File::read b.cpp:6 > sleep: blocks medium"});
}

TEST(Dispatch, ABaseWithABodyIsATarget) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}), function("Base::read", {}),
                      overrider("File", {Blocking(6)})}),
            Lines{"loop a.cpp:3 > File::read a.cpp:6 > sleep: blocks medium"});
}

TEST(Dispatch, ABaseThatNoUnitDescribesIsNoTarget) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}), overrider("File", {Blocking(6)})}),
            Lines{"loop a.cpp:3 > File::read a.cpp:6 > sleep: blocks high"});
}

TEST(Dispatch, OverridersOfOverridersAreTargets) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3), To("File::read", 4).as(Dispatch::Virtual)}),
                      base(), overrider("File", {}).pure(),
                      function("Log::read", {Blocking(9)}).overriding("File::read"),
                      overrider("Memory", {})}),
            (Lines{"loop a.cpp:3 > Log::read a.cpp:9 > sleep: blocks medium",
                   "loop a.cpp:4 > Log::read a.cpp:9 > sleep: blocks high"}));
}

TEST(Dispatch, OneHarmlessOverriderOfAnOverriderIsEnoughForDoubt) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}), base(), overrider("File", {Blocking(6)}),
                      function("Log::read", {}).overriding("File::read"),
                      overrider("Pipe", {Blocking(7)})}),
            Lines{"loop a.cpp:3 > File::read a.cpp:6 > sleep: blocks medium"});
}

TEST(Dispatch, WhatRunsTheFirstTimeOnlyIsLikely) {
  To Initialises("config", 3);
  Initialises.Doubtful = true;
  EXPECT_EQ(findings({coroutine("loop", {Initialises}), function("config", {Blocking(6)})}),
            Lines{"loop a.cpp:3 > config a.cpp:6 > sleep: blocks medium"});
}

TEST(Dispatch, ANamedMethodDoesNotDispatch) {
  EXPECT_EQ(findings({coroutine("loop", {To("Base::read", 3)}), function("Base::read", {}),
                      overrider("File", {Blocking(6)})}),
            Lines{});
}

TEST(Dispatch, AnOverriderThatIsACoroutineDoesNotBlockItsCaller) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}), base(),
                      coroutine("Task::read", {Blocking(5)}).overriding("Base::read"),
                      overrider("File", {Blocking(6)})}),
            (Lines{"loop a.cpp:3 > File::read a.cpp:6 > sleep: blocks medium",
                   "Task::read a.cpp:5 > sleep: blocks high"}));
}

TEST(Dispatch, AnOpaqueMethodSpeaksForItsOverriders) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}), function("Base::read", {}).pure().opaque(),
                      overrider("File", {Blocking(6)})}),
            Lines{});
}

TEST(Dispatch, ADeclaredMethodSpeaksForItsOverriders) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}),
                      function("Base::read", {}).pure().declared(sink("Base::read")),
                      overrider("Memory", {})}),
            Lines{"loop a.cpp:3 > Base::read: blocks high"});
}

TEST(Dispatch, TheBestOverriderIsTheWitness) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}), base(), overrider("A", {To("deep", 5)}),
                      overrider("B", {Blocking(8, "read")}), overrider("C", {Blocking(7, "write")}),
                      function("deep", {Blocking(9)})}),
            Lines{"loop a.cpp:3 > C::read a.cpp:7 > write: blocks high"});
}

TEST(Dispatch, ARecursiveVirtualCallHasAFixPoint) {
  EXPECT_EQ(findings({coroutine("loop", {readBase(3)}), base(),
                      overrider("Buffered", {readBase(5)}), overrider("File", {Blocking(6)})}),
            Lines{"loop a.cpp:3 > File::read a.cpp:6 > sleep: blocks high"});
}

TEST(Dispatch, MethodsThatOverrideEachOtherInACircleDoNoHarm) {
  EXPECT_EQ(findings({coroutine("loop", {To("A", 3).as(Dispatch::Virtual)}),
                      function("A", {Blocking(6)}).overriding("B"),
                      function("B", {Blocking(7)}).overriding("A")}),
            Lines{"loop a.cpp:3 > A a.cpp:6 > sleep: blocks high"});
}

TEST(Dispatch, ACallThroughAPointerReachesFunctionsOfItsType) {
  Unit A = unit("a.cpp", {coroutine("loop", {throughPointer("void ()", 3)})});
  Unit B = unit("b.cpp", {function("hook", {Blocking(6)}), function("other", {Blocking(5)})});
  B.AddressesTaken = {{"hook", "void ()"}, {"other", "int ()"}};
  EXPECT_EQ(findings({A, B}), Lines{"loop a.cpp:3 > hook b.cpp:6 > sleep: blocks medium"});
}

TEST(Dispatch, APointerWhoseTypeMostlyMeansOthersIsUnlikely) {
  auto With = [](Function Third) {
    Unit U = unit("a.cpp", {coroutine("loop", {throughPointer("void ()", 3)}),
                            function("hook", {Blocking(6)}), function("other", {}),
                            function("slow", {Blocking(7)}), std::move(Third)});
    U.AddressesTaken = {{"hook", "void ()"}, {"other", "void ()"}, {"third", "void ()"}};
    return findings({U});
  };
  EXPECT_EQ(With(function("third", {})), Lines{"loop a.cpp:3 > hook a.cpp:6 > sleep: blocks low"});
  EXPECT_EQ(With(function("third", {To("slow", 8)})),
            Lines{"loop a.cpp:3 > hook a.cpp:6 > sleep: blocks medium"});
}

TEST(Dispatch, OfTwoPointersOnTheWayNothingIsLikely) {
  Unit U = unit("a.cpp", {coroutine("loop", {throughPointer("void ()", 3)}),
                          function("hook", {throughPointer("int ()", 6)}),
                          function("other", {Blocking(7)})});
  U.AddressesTaken = {{"hook", "void ()"}, {"other", "int ()"}};
  EXPECT_EQ(findings({U}),
            Lines{"loop a.cpp:3 > hook a.cpp:6 > other a.cpp:7 > sleep: blocks low"});
}

TEST(Dispatch, APointerInAHelperLowersTheConfidenceOfItsCallers) {
  Unit U = unit("a.cpp", {coroutine("loop", {To("helper", 3)}),
                          function("helper", {throughPointer("void ()", 5)}),
                          function("hook", {Blocking(8)})});
  U.AddressesTaken = {{"hook", "void ()"}};
  EXPECT_EQ(findings({U}), Lines{"loop a.cpp:3 > helper a.cpp:5 > hook a.cpp:8 "
                                 "> sleep: blocks medium"});
}

TEST(Dispatch, ACallThroughAPointerOfAnUnknownTypeIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {throughPointer("void ()", 3)}),
                      function("hook", {Blocking(6)})}),
            Lines{});
}

} // namespace
} // namespace corolint::test
