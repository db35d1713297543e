// Roots_test.cpp - what runs on the loop, where findings stand
#include "test/color/Program.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

TEST(Roots, AwaitingABlockingCoroutineIsReportedInThatCoroutine) {
  EXPECT_EQ(findings({coroutine("outer", {To("inner", 3), To("helper", 4)}),
                      coroutine("inner", {Blocking(6)}), function("helper", {To("inner", 8)})}),
            Lines{"inner a.cpp:6 > sleep: blocks high"});
}

TEST(Roots, ACoroutineMadeByABlueFunctionDoesNotBlockIt) {
  EXPECT_EQ(findings({unit("a.cpp",
                           {function("main", {To("task", 3)}), coroutine("loop", {To("main", 5)})}),
                      unit("b.cpp", {coroutine("task", {Blocking(6)})})}),
            Lines{"task b.cpp:6 > sleep: blocks high"});
}

TEST(Roots, ATaskWrapperIsARoot) {
  EXPECT_EQ(findings({coroutine("loop", {To("connect", 3)}), wrapper("connect", {To("resolve", 6)}),
                      function("resolve", {Blocking(9, "getaddrinfo")})}),
            Lines{"connect a.cpp:6 > resolve a.cpp:9 > getaddrinfo: blocks "
                  "high wrapper"});
}

TEST(Roots, AGeneratorIsNoRoot) {
  EXPECT_EQ(
      findings({generator("lines", {Blocking(3, "getline")}), function("main", {To("lines", 7)})}),
      Lines{});
}

TEST(Roots, AGeneratorGivenToTheLoopIsNoRoot) {
  EXPECT_EQ(findings({generator("lines", {Blocking(3)}).loopOnly()}), Lines{});
}

TEST(Roots, AGeneratorPassesItsEffectsOnWithLessConfidence) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("lines", 7)}), generator("lines", {Blocking(3, "getline")})}),
      Lines{"loop a.cpp:7 > lines a.cpp:3 > getline: blocks medium"});
}

TEST(Roots, AnAnnotatedLoopFunctionIsARoot) {
  EXPECT_EQ(
      findings({function("tick", {Blocking(3)}).loopOnly(), coroutine("loop", {To("tick", 7)})}),
      Lines{"tick a.cpp:3 > sleep: blocks high loop-only"});
}

TEST(Roots, ADeclaredFunctionIsThePrimitive) {
  EXPECT_EQ(findings({coroutine("loop", {To("flush", 3).mended("await it")}),
                      function("flush", {Blocking(9)}).declared(sink("db::flush"))}),
            Lines{"loop a.cpp:3 > db::flush: blocks high [await it]"});
}

TEST(Roots, ADeclarationIsBelievedOverTheBody) {
  Sink Likely = sink("db::flush");
  Likely.Sure = Confidence::Low;
  EXPECT_EQ(findings({coroutine("loop", {To("flush", 3)}),
                      function("flush", {Blocking(9)}).declared(Likely)}),
            Lines{"loop a.cpp:3 > db::flush: blocks low"});
}

TEST(Roots, ADeclarationInAHeaderIsEnough) {
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("loop", {To("helper", 3)}),
                                     function("flush", {}).pure().declared(sink("db::flush"))}),
                      unit("b.cpp", {function("helper", {To("flush", 5)})})}),
            Lines{"loop a.cpp:3 > helper b.cpp:5 > db::flush: blocks high"});
}

TEST(Roots, TheBodyOfADeclaredFunctionStillHasOtherEffects) {
  EXPECT_EQ(findings({coroutine("loop", {To("run", 3)}),
                      function("run", {Blocking(9)}).declared(sink("run", Effect::RunsLoop))}),
            (Lines{"loop a.cpp:3 > run a.cpp:9 > sleep: blocks high",
                   "loop a.cpp:3 > run: runs-loop high"}));
}

TEST(Roots, ADeclaredCoroutineIsAPrimitiveToo) {
  EXPECT_EQ(findings({coroutine("loop", {To("old_task", 3)}),
                      coroutine("old_task", {}).declared(sink("old_task"))}),
            Lines{"loop a.cpp:3 > old_task: blocks high"});
}

TEST(Roots, ACallThatIsAPrimitiveHidesTheSameEffectOfItsBody) {
  Blocking Modelled(3, "lib::read");
  Modelled.Callee = "read";
  EXPECT_EQ(findings({coroutine("loop", {Modelled}), function("read", {Blocking(9)})}),
            Lines{"loop a.cpp:3 > lib::read: blocks high"});
}

TEST(Roots, NothingPassesThroughAnOpaqueFunction) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("trusted", 3)}),
                function("trusted", {To("inner", 5)}).opaque(), function("inner", {Blocking(9)})}),
      Lines{"trusted a.cpp:5 > inner a.cpp:9 > sleep: blocks high nonblocking"});
}

TEST(Roots, AFunctionForBothColoursIsNeitherRootNorEffect) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("either", 3)}),
                function("either", {Blocking(5)}).mixed().loopOnly(),
                coroutine("task", {Blocking(9)}).mixed(), coroutine("other", {To("declared", 12)}),
                function("declared", {}).mixed().declared(sink("x"))}),
      Lines{});
}

TEST(Roots, AMainTaskMayNotSleepNorRunALoopBeforeItSuspends) {
  Function Main = coroutine("serve", {Blocking(7, "sleep").startUp(), Blocking(8, "load").startUp(),
                                      Blocking(9, "run").startUp()});
  Main.Calls[0].Primitive->OnlyTime = true;
  Main.Calls[2].Primitive->What = Effect::RunsLoop;
  EXPECT_EQ(findings({function("main", {To("serve", 3).asMainTask()}), Main}),
            (Lines{"serve a.cpp:7 > sleep: blocks high", "serve a.cpp:8 > load: blocks medium",
                   "serve a.cpp:9 > run: runs-loop high"}));
}

TEST(Roots, AMainTaskMayBlockBeforeItSuspendsFirst) {
  EXPECT_EQ(findings({function("main", {To("serve", 3).asMainTask()}),
                      coroutine("serve", {To("load", 6).startUp(), Blocking(7, "bind").startUp(),
                                          Blocking(8)}),
                      function("load", {Blocking(12, "read")})}),
            (Lines{"serve a.cpp:6 > load a.cpp:12 > read: blocks medium",
                   "serve a.cpp:7 > bind: blocks medium", "serve a.cpp:8 > sleep: blocks high"}));
}

TEST(Roots, ATaskOfAPoolMayBlockAndSoMayWhatItAwaits) {
  EXPECT_EQ(findings({function("main", {To("work", 3).asThreadTask()}),
                      coroutine("work", {Blocking(6), To("part", 7)}),
                      coroutine("part", {Blocking(9), To("work", 10)})}),
            Lines{});
}

TEST(Roots, WhatTheLoopAwaitsTooIsNoTaskOfAPool) {
  EXPECT_EQ(findings({function("main", {To("work", 3).asThreadTask()}),
                      coroutine("work", {To("part", 6)}), coroutine("part", {Blocking(9)}),
                      coroutine("other", {To("part", 12)})}),
            Lines{"part a.cpp:9 > sleep: blocks high"});
}

TEST(Roots, ALambdaOnAThreadMakesTasksOfThatThread) {
  EXPECT_EQ(findings({function("main", {To("spawn", 3).passing(1, Transfer::Thread, {"lambda"})}),
                      wrapper("lambda", {To("work", 4)}), coroutine("work", {Blocking(6)})}),
            Lines{});
}

TEST(Roots, WhatStandsInTheArgumentsOfAPoolIsItsTaskWhoeverMakesIt) {
  auto Makes = [](Fn Work) {
    return findings({function("main", {To("spawn", 1).passing(1, Transfer::Thread, {"work"})}),
                     std::move(Work), coroutine("other", {To("work", 12)})});
  };
  Fn Work = coroutine("work", {Blocking(6)});
  Work.Where = {0, 1, 5, 1, 8};
  EXPECT_EQ(Makes(Work), Lines{});
  // The same lines of another file are another place.
  EXPECT_EQ(Makes(Fn(Work).inFile(1)), Lines{"work shared.h:6 > sleep: blocks high"});
}

TEST(Roots, ToMakeATaskIsNotToRunIt) {
  EXPECT_EQ(findings({coroutine("main", {To("work", 3).asThreadTask()}),
                      coroutine("work", {Blocking(6)})}),
            Lines{});
}

TEST(Roots, WhatADoubtfulCallReachesIsLessSure) {
  EXPECT_EQ(
      findings({coroutine("serve", {To("load", 3).doubtful()}), function("load", {Blocking(6)})}),
      Lines{"serve a.cpp:3 > load a.cpp:6 > sleep: blocks medium"});
}

TEST(Roots, ATaskThatIsAlsoAwaitedIsNoMainTask) {
  EXPECT_EQ(findings({unit("a.cpp", {function("main", {To("serve", 3).asMainTask()}),
                                     coroutine("serve", {Blocking(7).startUp()})}),
                      unit("b.cpp", {coroutine("other", {To("serve", 2)})})}),
            Lines{"serve a.cpp:7 > sleep: blocks high"});
}

TEST(Roots, ATaskWhoseAddressIsTakenIsNoMainTask) {
  Unit U = unit("a.cpp", {function("main", {To("serve", 3).asMainTask()}),
                          coroutine("serve", {Blocking(7).startUp()})});
  U.AddressesTaken.push_back({"serve", "task ()"});
  EXPECT_EQ(findings({U}), Lines{"serve a.cpp:7 > sleep: blocks high"});
}

TEST(Roots, ATaskThatOverridesIsNoMainTask) {
  EXPECT_EQ(findings({function("main", {To("serve", 3).asMainTask()}),
                      coroutine("serve", {Blocking(7).startUp()}).overriding("Base::serve")}),
            Lines{"serve a.cpp:7 > sleep: blocks high"});
}

TEST(Roots, ATaskThatIsPassedOnIsNoMainTask) {
  EXPECT_EQ(findings({function("main", {To("serve", 3).asMainTask(),
                                        To("keep", 4).passing(0, Transfer::Stored, {"serve"})}),
                      coroutine("serve", {Blocking(7).startUp()})}),
            Lines{"serve a.cpp:7 > sleep: blocks high"});
}

TEST(Roots, StartUpOfATaskThatNobodyRunsIsReported) {
  EXPECT_EQ(findings({coroutine("serve", {Blocking(7).startUp()})}),
            Lines{"serve a.cpp:7 > sleep: blocks high"});
}

TEST(Roots, InstantiationsOfATemplateAreOneFinding) {
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("f<int>", {To("helper", 3)}).named("f").inFile(1)}),
                      unit("b.cpp", {coroutine("f<long>", {To("helper", 3)}).named("f").inFile(1),
                                     function("helper", {Blocking(6)})})}),
            Lines{"f shared.h:3 > helper b.cpp:6 > sleep: blocks high"});
}

TEST(Roots, OtherRootsAtTheSamePlaceAreCounted) {
  EXPECT_EQ(findings({coroutine("f<int>", {Blocking(3)}), coroutine("f<long>", {Blocking(3)}),
                      coroutine("f<char>", {Blocking(3)})}),
            Lines{"f<char> a.cpp:3 > sleep: blocks high +2"});
}

TEST(Roots, InstantiationsWithOtherPrimitivesAreTwoFindings) {
  EXPECT_EQ(findings({coroutine("f<int>", {Blocking(3, "read")}),
                      coroutine("f<long>", {Blocking(3, "write")})}),
            (Lines{"f<int> a.cpp:3 > read: blocks high", "f<long> a.cpp:3 > write: blocks high"}));
}

TEST(Roots, TheSurestInstantiationSpeaksForTheOthers) {
  EXPECT_EQ(findings({coroutine("f<A>", {Blocking(3, "read", Confidence::Low)}),
                      coroutine("f<B>", {Blocking(3, "read")})}),
            Lines{"f<B> a.cpp:3 > read: blocks high +1"});
}

TEST(Roots, AFindingIsSuppressedWhenAllInstantiationsAre) {
  EXPECT_EQ(
      findings({coroutine("f<A>", {Blocking(3).suppressed()}), coroutine("f<B>", {Blocking(3)}),
                coroutine("g<A>", {Blocking(4).suppressed()}),
                coroutine("g<B>", {Blocking(4).suppressed()})}),
      (Lines{"f<B> a.cpp:3 > sleep: blocks high +1",
             "g<A> a.cpp:4 > sleep: blocks high suppressed +1"}));
}

TEST(Roots, FindingsAreOrderedByPlace) {
  EXPECT_EQ(findings({unit("b.cpp", {coroutine("b", {Blocking(1)})}),
                      unit("a.cpp", {coroutine("z", {Blocking(9), Blocking(2)}),
                                     coroutine("a", {Blocking(10)})})}),
            (Lines{"z a.cpp:2 > sleep: blocks high", "z a.cpp:9 > sleep: blocks high",
                   "a a.cpp:10 > sleep: blocks high", "b b.cpp:1 > sleep: blocks high"}));
}

} // namespace
} // namespace corolint::test
