// Callables_test.cpp - callables that are run, posted, offloaded or stored
#include "test/color/Program.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

Function lambda(std::vector<Call> Body = {Blocking(20)}) {
  return function("lambda", std::move(Body));
}

To passing(std::string Callee, Transfer How, unsigned Line = 3) {
  return To(std::move(Callee), Line).passing(0, How, {"lambda"});
}

const std::string ReportedInLambda = "lambda a.cpp:20 > sleep: blocks high callback";
const std::string ReportedAtTheCall = "loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks high";

TEST(Callables, AnOffloadedCallableIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("pool", Transfer::Thread)}), lambda()}), Lines{});
}

TEST(Callables, AStoredCallableIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("on", Transfer::Stored)}), lambda()}), Lines{});
}

TEST(Callables, ACallableOfAnUnknownFunctionIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("what", Transfer::ByCallee)}), lambda()}),
            Lines{});
}

TEST(Callables, ACallableThatRunsDuringTheCallCounts) {
  EXPECT_EQ(findings({coroutine("loop", {passing("for_each", Transfer::Inline)}), lambda()}),
            Lines{ReportedAtTheCall});
}

TEST(Callables, ACallablePostedToTheLoopIsARoot) {
  EXPECT_EQ(findings({function("main", {passing("post", Transfer::Loop)}), lambda()}),
            Lines{ReportedInLambda});
}

TEST(Callables, ACallbackThatIsAlsoRunInlineIsReportedOnce) {
  EXPECT_EQ(findings({coroutine("loop", {passing("for_each", Transfer::Inline),
                                         passing("post", Transfer::Loop, 4), To("lambda", 5)}),
                      lambda()}),
            Lines{ReportedInLambda});
}

TEST(Callables, AHelperThatCallsItsParameterRunsTheCallable) {
  EXPECT_EQ(findings({coroutine("loop", {passing("retry", Transfer::ByCallee)}),
                      function("retry", {ofParameter(0, 7)}), lambda()}),
            Lines{ReportedAtTheCall});
}

TEST(Callables, AnInlineCallableIsFollowedThroughForwardingHelpers) {
  auto Forwarding = [](std::string Name, std::uint32_t Own, std::string Callee, std::uint32_t Index,
                       Transfer How) {
    return function(std::move(Name), {To(std::move(Callee), 5).passingOwn(Index, How, Own)});
  };
  constexpr Transfer Ask = Transfer::ByCallee;
  EXPECT_EQ(
      findings(
          {unit("a.cpp", {coroutine("loop", {To("f", 3).passing(1, Ask, {"lambda"})}), lambda()}),
           unit("b.cpp", {Forwarding("f", 1, "g", 0, Ask), Forwarding("h", 2, "i", 1, Ask)}),
           unit("c.cpp", {Forwarding("g", 0, "h", 2, Ask),
                          Forwarding("i", 1, "for_each", 2, Transfer::Inline)})}),
      Lines{ReportedAtTheCall});
}

TEST(Callables, AForwardedCallablePostedToTheLoopIsARoot) {
  EXPECT_EQ(
      findings({function("main", {passing("later", Transfer::ByCallee)}),
                function("later", {To("post", 5).passingOwn(0, Transfer::Loop, 0)}), lambda()}),
      Lines{ReportedInLambda});
}

TEST(Callables, AForwardedCallableThatIsOffloadedIsSilent) {
  EXPECT_EQ(
      findings({coroutine("loop", {passing("later", Transfer::ByCallee)}),
                function("later", {To("pool", 5).passingOwn(0, Transfer::Thread, 0)}), lambda()}),
      Lines{});
}

TEST(Callables, ForwardingInACircleHasAFixPoint) {
  EXPECT_EQ(findings({coroutine("loop", {passing("even", Transfer::ByCallee)}),
                      function("even", {To("odd", 5).passingOwn(0, Transfer::ByCallee, 0)}),
                      function("odd", {To("even", 6).passingOwn(0, Transfer::ByCallee, 0),
                                       ofParameter(0, 7)}),
                      lambda()}),
            Lines{ReportedAtTheCall});
}

TEST(Callables, AnotherParameterOfTheHelperIsAnotherMatter) {
  EXPECT_EQ(findings({coroutine("loop", {passing("retry", Transfer::ByCallee)}),
                      function("retry", {ofParameter(1, 7)}), lambda()}),
            Lines{});
}

TEST(Callables, ACoroutineRunsItsParameterOnTheLoop) {
  EXPECT_EQ(findings({function("main", {passing("retry", Transfer::ByCallee)}),
                      coroutine("retry", {ofParameter(0, 7)}), lambda()}),
            Lines{ReportedInLambda});
}

TEST(Callables, AHelperForBothColoursDoesNotRunItsParameterHere) {
  EXPECT_EQ(findings({coroutine("loop", {passing("offload", Transfer::ByCallee)}),
                      function("offload", {ofParameter(0, 7)}).mixed(), lambda()}),
            Lines{});
}

TEST(Callables, AHelperThatCallsItsParameterOnAPoolIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("retry", Transfer::ByCallee)}),
                      function("retry", {ofParameter(0, 7).offLoop()}), lambda()}),
            Lines{});
}

TEST(Callables, AHelperThatCallsItsParameterAsItFailsIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("check", Transfer::ByCallee)}),
                      function("check", {ofParameter(0, 7).on(Guard::NoReturn)}), lambda()}),
            Lines{});
}

TEST(Callables, AHelperBehindAPointerRunsACallablePerhaps) {
  Unit U =
      unit("a.cpp",
           {coroutine("loop",
                      {throughPointer("void (F)", 3).passing(0, Transfer::ByCallee, {"lambda"})}),
            function("run", {ofParameter(0, 7)}), lambda()});
  U.AddressesTaken = {{"run", "void (F)"}};
  EXPECT_EQ(findings({U}), Lines{"loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks medium"});
}

TEST(Callables, OfTwoCallablesOfACallTheFirstPlaceWins) {
  Call Both = To("run", 5)
                  .passing(0, Transfer::Inline, {"lambda"})
                  .passing(1, Transfer::Inline, {"lambda", "earlier"});
  Both.Callables.push_back({2, Transfer::Inline, {"later"}, {}});
  Call InRoot = Both;
  InRoot.Where.Line = 2;
  EXPECT_EQ(
      findings({coroutine("loop", {InRoot, To("helper", 3)}), function("helper", {Both}), lambda(),
                function("earlier", {Blocking(19)}), function("later", {Blocking(21)})}),
      (Lines{"loop a.cpp:2 > earlier a.cpp:19 > sleep: blocks high",
             "loop a.cpp:3 > helper a.cpp:5 > earlier a.cpp:19 > sleep: blocks "
             "high"}));
}

TEST(Callables, ATaskGivenToAPoolIsSilent) {
  To Given("task", 3);
  Given.MakesThreadTask = true;
  auto With = [&](std::vector<Call> Calls) {
    return findings({coroutine("loop", std::move(Calls)),
                     coroutine("task", {Blocking(20), To("awaited", 21)}),
                     coroutine("awaited", {Blocking(30)})});
  };
  EXPECT_EQ(With({Given}), Lines{});
  EXPECT_EQ(With({Given, To("awaited", 4)}), Lines{"awaited a.cpp:30 > sleep: blocks high"});
  EXPECT_EQ(With({Given, To("task", 4)}),
            (Lines{"task a.cpp:20 > sleep: blocks high", "awaited a.cpp:30 > sleep: blocks high"}));
}

TEST(Callables, ACallableOutsideTheLoopIsSilent) {
  EXPECT_EQ(findings({function("main", {passing("run", Transfer::Inline)}), lambda()}), Lines{});
}

TEST(Callables, AnInlineCallableInAHelperBlocksTheHelper) {
  EXPECT_EQ(findings({coroutine("loop", {To("helper", 3)}),
                      function("helper", {passing("for_each", Transfer::Inline, 9)}), lambda()}),
            Lines{"loop a.cpp:3 > helper a.cpp:9 > lambda a.cpp:20 > sleep: blocks "
                  "high"});
}

TEST(Callables, OneOfTwoPossibleCallablesIsLikely) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("run", 3).passing(0, Transfer::Inline, {"lambda", "other"})}),
                lambda(), function("other", {})}),
      Lines{"loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks medium"});
}

TEST(Callables, OneKnownOfTwoPossibleCallablesIsLikely) {
  EXPECT_EQ(findings({coroutine("loop",
                                {To("run", 3).passing(0, Transfer::Inline, {"lambda", "unknown"})}),
                      lambda()}),
            Lines{"loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks medium"});
}

TEST(Callables, AVirtualHelperRunsACallablePerhaps) {
  EXPECT_EQ(
      findings({coroutine("loop", {passing("Base::run", Transfer::ByCallee).as(Dispatch::Virtual)}),
                function("Now::run", {ofParameter(0, 7)}).overriding("Base::run"),
                function("Never::run", {}).overriding("Base::run"), lambda()}),
      Lines{"loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks medium"});
}

TEST(Callables, AVirtualHelperThatPostsMakesARoot) {
  EXPECT_EQ(
      findings({function("main", {passing("Base::run", Transfer::ByCallee).as(Dispatch::Virtual)}),
                function("Now::run", {To("post", 7).passingOwn(0, Transfer::Loop, 0)})
                    .overriding("Base::run"),
                lambda()}),
      Lines{ReportedInLambda});
}

TEST(Callables, ArgumentsOfTheCallAreNotThoseOfTheCallable) {
  EXPECT_EQ(findings({coroutine("loop", {passing("for_each", Transfer::Inline).with(0, 0)}),
                      lambda({Blocking(20).unlessZero(0)})}),
            Lines{ReportedAtTheCall});
}

TEST(Callables, APostedCoroutineStaysACoroutine) {
  EXPECT_EQ(findings({function("main", {passing("spawn", Transfer::Loop)}),
                      coroutine("lambda", {Blocking(20)})}),
            Lines{"lambda a.cpp:20 > sleep: blocks high"});
}

} // namespace
} // namespace corolint::test
