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

const std::string ReportedInLambda =
    "lambda a.cpp:20 > sleep: blocks high callback";
const std::string ReportedAtTheCall =
    "loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks high";

TEST(Callables, AnOffloadedCallableIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("pool", Transfer::Thread)}),
                      lambda()}),
            Lines{});
}

TEST(Callables, AStoredCallableIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("on", Transfer::Stored)}),
                      lambda()}),
            Lines{});
}

TEST(Callables, ACallableOfAnUnknownFunctionIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("what", Transfer::ByCallee)}),
                      lambda()}),
            Lines{});
}

TEST(Callables, ACallableThatRunsDuringTheCallCounts) {
  EXPECT_EQ(
      findings({coroutine("loop", {passing("for_each", Transfer::Inline)}),
                lambda()}),
      Lines{ReportedAtTheCall});
}

TEST(Callables, ACallablePostedToTheLoopIsARoot) {
  EXPECT_EQ(
      findings({function("main", {passing("post", Transfer::Loop)}), lambda()}),
      Lines{ReportedInLambda});
}

TEST(Callables, ACallbackThatIsAlsoRunInlineIsReportedOnce) {
  EXPECT_EQ(findings({coroutine("loop", {passing("for_each", Transfer::Inline),
                                         passing("post", Transfer::Loop, 4),
                                         To("lambda", 5)}),
                      lambda()}),
            Lines{ReportedInLambda});
}

TEST(Callables, AHelperThatCallsItsParameterRunsTheCallable) {
  EXPECT_EQ(findings({coroutine("loop", {passing("retry", Transfer::ByCallee)}),
                      function("retry", {ofParameter(0, 7)}), lambda()}),
            Lines{ReportedAtTheCall});
}

TEST(Callables, AnInlineCallableIsFollowedThroughForwardingHelpers) {
  EXPECT_EQ(
      findings(
          {unit("a.cpp", {coroutine("loop", {To("outer", 3)
                                                 .passing(1, Transfer::ByCallee,
                                                          {"lambda"})}),
                          lambda()}),
           unit("b.cpp",
                {function(
                    "outer",
                    {To("middle", 5).passingOwn(0, Transfer::ByCallee, 1)})}),
           unit("c.cpp",
                {function(
                    "middle",
                    {To("for_each", 7).passingOwn(2, Transfer::Inline, 0)})})}),
      Lines{ReportedAtTheCall});
}

TEST(Callables, AForwardedCallablePostedToTheLoopIsARoot) {
  EXPECT_EQ(
      findings(
          {function("main", {passing("later", Transfer::ByCallee)}),
           function("later", {To("post", 5).passingOwn(0, Transfer::Loop, 0)}),
           lambda()}),
      Lines{ReportedInLambda});
}

TEST(Callables, AForwardedCallableThatIsOffloadedIsSilent) {
  EXPECT_EQ(findings({coroutine("loop", {passing("later", Transfer::ByCallee)}),
                      function("later", {To("pool", 5).passingOwn(
                                            0, Transfer::Thread, 0)}),
                      lambda()}),
            Lines{});
}

TEST(Callables, ForwardingInACircleHasAFixPoint) {
  EXPECT_EQ(
      findings(
          {coroutine("loop", {passing("even", Transfer::ByCallee)}),
           function("even",
                    {To("odd", 5).passingOwn(0, Transfer::ByCallee, 0)}),
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
  EXPECT_EQ(
      findings({coroutine("loop", {passing("offload", Transfer::ByCallee)}),
                function("offload", {ofParameter(0, 7)}).mixed(), lambda()}),
      Lines{});
}

TEST(Callables, AHelperThatCallsItsParameterOnAPoolIsSilent) {
  EXPECT_EQ(
      findings({coroutine("loop", {passing("retry", Transfer::ByCallee)}),
                function("retry", {ofParameter(0, 7).offLoop()}), lambda()}),
      Lines{});
}

TEST(Callables, ACallableOutsideTheLoopIsSilent) {
  EXPECT_EQ(findings({function("main", {passing("run", Transfer::Inline)}),
                      lambda()}),
            Lines{});
}

TEST(Callables, AnInlineCallableInAHelperBlocksTheHelper) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("helper", 3)}),
                function("helper", {passing("for_each", Transfer::Inline, 9)}),
                lambda()}),
      Lines{"loop a.cpp:3 > helper a.cpp:9 > lambda a.cpp:20 > sleep: blocks "
            "high"});
}

TEST(Callables, OneOfTwoPossibleCallablesIsLikely) {
  EXPECT_EQ(
      findings({coroutine("loop", {To("run", 3).passing(0, Transfer::Inline,
                                                        {"lambda", "other"})}),
                lambda(), function("other", {})}),
      Lines{"loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks medium"});
}

TEST(Callables, OneKnownOfTwoPossibleCallablesIsLikely) {
  EXPECT_EQ(findings({coroutine("loop",
                                {To("run", 3).passing(0, Transfer::Inline,
                                                      {"lambda", "unknown"})}),
                      lambda()}),
            Lines{"loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks medium"});
}

TEST(Callables, AVirtualHelperRunsACallablePerhaps) {
  EXPECT_EQ(
      findings(
          {coroutine("loop", {passing("Base::run", Transfer::ByCallee)
                                  .as(Dispatch::Virtual)}),
           function("Now::run", {ofParameter(0, 7)}).overriding("Base::run"),
           function("Never::run", {}).overriding("Base::run"), lambda()}),
      Lines{"loop a.cpp:3 > lambda a.cpp:20 > sleep: blocks medium"});
}

TEST(Callables, AVirtualHelperThatPostsMakesARoot) {
  EXPECT_EQ(findings({function("main", {passing("Base::run", Transfer::ByCallee)
                                            .as(Dispatch::Virtual)}),
                      function("Now::run",
                               {To("post", 7).passingOwn(0, Transfer::Loop, 0)})
                          .overriding("Base::run"),
                      lambda()}),
            Lines{ReportedInLambda});
}

TEST(Callables, ArgumentsOfTheCallAreNotThoseOfTheCallable) {
  EXPECT_EQ(
      findings({coroutine("loop",
                          {passing("for_each", Transfer::Inline).with(0, 0)}),
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
