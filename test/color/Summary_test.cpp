// Summary_test.cpp - one unit with the summary of the others
#include "test/color/Program.h"

#include "checks/color/Graph.h"
#include "checks/color/Solver.h"
#include "checks/color/Summarizer.h"
#include "checks/facts/Codec.h"

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

Summary summaryOf(const std::vector<Unit> &Units) {
  color::Summarizer Whole;
  for (const Unit &One : Units)
    Whole.add(One);
  return Whole.take("..");
}

/// The calls at which \p Fresh stops the loop, with what they reach.
Lines seenIn(const Unit &Fresh, const Summary &Others) {
  color::Graph Program;
  Program.add(Fresh);
  Program.add(Others, Fresh);
  Lines Result;
  for (const color::Violation &One : color::solve(Program))
    if (One.Where.File == Fresh.MainFile)
      Result.push_back(One.Function + ":" + std::to_string(One.Where.Line) + " " +
                       One.Primitive.Name);
  return Result;
}

Unit caller(std::string Body = "helper") {
  return unit("a.cpp", {coroutine("loop", {To(std::move(Body), 3)})});
}

Unit callee(std::vector<Call> Body) { return unit("b.cpp", {function("helper", std::move(Body))}); }

TEST(Summary, ShowsWhatAnotherFileDoes) {
  EXPECT_EQ(seenIn(caller(), summaryOf({caller(), callee({Blocking(7)})})), Lines{"loop:3 sleep"});
  EXPECT_EQ(seenIn(caller(), summaryOf({caller(), callee({To("f", 7)})})), Lines());
}

TEST(Summary, DoesNotHoldAnEditedUnitToWhatItWas) {
  Summary Before = summaryOf({caller(), callee({Blocking(7)})});
  EXPECT_EQ(seenIn(caller("other"), Before), Lines());
  // The callee itself was mended.
  Unit Mended = callee({To("f", 7)});
  Mended.Functions.push_back(coroutine("local", {To("helper", 9)}));
  EXPECT_EQ(seenIn(Mended, Before), Lines());
}

TEST(Summary, ForgetsAFunctionThatItsOnlyUnitHasNoMore) {
  Unit Old = unit("b.cpp", {function("gone", {Blocking(7)})});
  Unit Link = unit("c.cpp", {function("helper", {To("gone", 4)})});
  Unit Now = unit("b.cpp", {coroutine("loop", {To("helper", 3)})});
  EXPECT_EQ(seenIn(Now, summaryOf({Old, Link})), Lines());
}

TEST(Summary, OfAHeaderThatWasEditedOnlyTheNewTextCounts) {
  auto Header = [](std::vector<Call> Body, std::uint64_t Hash) {
    return function("inlined", std::move(Body)).inFile(1).hash(Hash);
  };
  auto With = [&](Function Inlined) {
    return unit("a.cpp", {std::move(Inlined), coroutine("loop", {To("inlined", 3)})});
  };
  Unit Other = unit("b.cpp", {Header({Blocking(5)}, 1)});
  Summary Before = summaryOf({With(Header({Blocking(5)}, 1)), Other});
  EXPECT_EQ(seenIn(With(Header({Blocking(5)}, 1)), Before), Lines{"loop:3 sleep"});
  EXPECT_EQ(seenIn(With(Header({To("f", 5)}, 2)), Before), Lines());
}

TEST(Summary, AnEditInOneProgramChangesNoOther) {
  Unit Lib = unit("x/lib.cpp", {function("helper", {To("start", 4)})});
  Unit There = unit("x/main.cpp", {function("start", {Blocking(7)})});
  auto Here = [](std::uint64_t Hash) {
    return unit("y/main.cpp",
                {Fn(function("start", {To("f", 5)})).hash(Hash), coroutine("own", {To("start", 3)}),
                 coroutine("loop", {To("helper", 6)})});
  };
  Summary Before = summaryOf({Lib, There, Here(1)});
  EXPECT_EQ(seenIn(Here(1), Before), Lines{"loop:6 sleep"});
  EXPECT_EQ(seenIn(Here(2), Before), Lines{"loop:6 sleep"});
}

TEST(Summary, KnowsAllCopiesOfAFunctionAsTheProgramDoes) {
  auto Copy = [](std::uint64_t Hash, std::vector<Call> Calls) {
    return function("inlined", std::move(Calls)).inFile(1).hash(Hash);
  };
  Unit A = unit("a.cpp", {Copy(1, {To("f", 6)}), coroutine("loop", {To("inlined", 3)})});
  Unit B = unit("b.cpp", {Copy(2, {Blocking(4)})});
  EXPECT_EQ(seenIn(A, summaryOf({A, B})), Lines{"loop:3 sleep"});
}

TEST(Summary, KnowsWhoElseMakesATask) {
  // Only run() makes it here, so it may prepare; there it is awaited.
  Unit A = unit("a.cpp", {coroutine("start", {Blocking(3, "read").startUp()}),
                          function("main", {To("start", 9).asMainTask()})});
  Unit B = unit("b.cpp", {coroutine("again", {To("start", 4)})});
  auto Sure = [](const Unit &Fresh, const Summary &Others) {
    color::Graph Program;
    Program.add(Fresh);
    Program.add(Others, Fresh);
    return color::solve(Program).front().Sure;
  };
  EXPECT_EQ(Sure(A, summaryOf({A})), Confidence::Medium);
  EXPECT_EQ(Sure(A, summaryOf({A, B})), Confidence::High);
}

TEST(Summary, KnowsFunctionsWhoseAddressAnotherUnitTakes) {
  Unit A = unit("a.cpp", {coroutine("loop", {throughPointer("void ()", 3)})});
  Unit B = callee({Blocking(7)});
  B.AddressesTaken = {{"helper", "void ()"}};
  EXPECT_EQ(seenIn(A, summaryOf({A, B})), Lines{"loop:3 sleep"});
  // A unit that takes no address any more says so.
  Unit Fresh = A;
  Fresh.MainFile = "b.cpp";
  Fresh.Files[0] = "b.cpp";
  EXPECT_EQ(seenIn(Fresh, summaryOf({A, B})), Lines());
}

TEST(Summary, LeavesOutCallsThatLeadNowhere) {
  Summary Whole = summaryOf({callee({To("std::move", 5), To("local", 6), Blocking(7)}),
                             unit("c.cpp", {function("local", {})})});
  ASSERT_EQ(Whole.Program.Functions.size(), 2u);
  Lines Left;
  for (const Call &One : Whole.Program.Functions[0].Calls)
    Left.push_back(One.CalleeName);
  EXPECT_EQ(Left, (Lines{"local", "sleep"}));
}

TEST(Summary, IsTheSameForAnyOrderOfUnits) {
  Unit A = caller(), B = callee({Blocking(7)});
  B.Functions.push_back(function("inlined", {To("helper", 2)}).inFile(1));
  A.Functions.push_back(B.Functions.back());
  EXPECT_EQ(encode(summaryOf({A, B})), encode(summaryOf({B, A})));
}

TEST(Summary, ComesBackFromItsBytes) {
  Summary Whole = summaryOf({caller(), callee({Blocking(7)})});
  EXPECT_EQ(decodeSummary(encode(Whole)), Whole);
  std::vector<std::uint8_t> Stored = encode(Whole);
  for (std::size_t Size = 0; Size != Stored.size(); ++Size)
    EXPECT_EQ(decodeSummary(std::span(Stored).first(Size)), std::nullopt) << Size;
}

TEST(Summary, RefusesAnOwnerThatIsNoUnit) {
  Summary Whole = summaryOf({callee({Blocking(7)})});
  Whole.FunctionOwners = {1};
  EXPECT_EQ(decodeSummary(encode(Whole)), std::nullopt);
  Whole.FunctionOwners.clear();
  EXPECT_EQ(decodeSummary(encode(Whole)), std::nullopt);
}

} // namespace
} // namespace corolint::test
