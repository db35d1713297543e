// Graph_test.cpp - merging of functions that several units know
#include "test/color/Program.h"

#include "checks/color/Graph.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

const Function &only(const color::Graph &Program) {
  EXPECT_EQ(Program.functions().size(), 1u);
  return Program.functions().begin()->second;
}

TEST(Graph, EqualCopiesBecomeOne) {
  Fn Inline = function("helper", {To("f", 3), To("g", 4)}).inFile(1);
  color::Graph Program;
  Program.add(unit("a.cpp", {Inline}));
  Program.add(unit("b.cpp", {Inline}));
  EXPECT_EQ(only(Program).Calls.size(), 2u);
}

TEST(Graph, CopiesThatDifferHaveTheCallsOfBoth) {
  auto Copy = [](std::uint64_t Hash, std::vector<Call> Calls) {
    return function("helper", std::move(Calls)).inFile(1).hash(Hash);
  };
  EXPECT_EQ(findings({unit("a.cpp", {Copy(1, {Blocking(5, "read"), To("f", 6)}),
                                     coroutine("loop", {To("helper", 3)})}),
                      unit("b.cpp", {Copy(2, {Blocking(4, "write"), To("f", 6)})})}),
            Lines{"loop a.cpp:3 > helper shared.h:4 > write: blocks high"});
}

TEST(Graph, AFileHasOneNumberInAllUnits) {
  Unit A = unit("a.cpp", {function("helper", {To("f", 3)}).inFile(1)});
  Unit B = A;
  B.Files = {"shared.h", "b.cpp"};
  B.Functions = {function("helper", {To("f", 3)})};
  color::Graph Program;
  Program.add(A);
  Program.add(B);
  ASSERT_EQ(only(Program).Calls.size(), 1u);
  EXPECT_EQ(Program.place(only(Program).Where).File, "shared.h");
}

TEST(Graph, ADefinitionKnowsMoreThanADeclaration) {
  EXPECT_EQ(findings({unit("a.cpp", {wrapper("task", {}).pure()}),
                      unit("b.cpp", {coroutine("task", {Blocking(4)})})}),
            Lines{"task b.cpp:4 > sleep: blocks high"});
}

TEST(Graph, AnAnnotationOfOneCopyHoldsForAll) {
  auto With = [](Function Annotated) {
    return findings({unit("a.cpp", {std::move(Annotated), coroutine("loop", {To("helper", 3)})}),
                     unit("b.cpp", {function("helper", {Blocking(4)})})});
  };
  Fn Plain = function("helper", {}).pure();
  EXPECT_EQ(With(Plain), Lines{"loop a.cpp:3 > helper b.cpp:4 > sleep: blocks high"});
  EXPECT_EQ(With(Fn(Plain).opaque()), Lines{"helper b.cpp:4 > sleep: blocks high nonblocking"});
  EXPECT_EQ(With(Fn(Plain).mixed()), Lines{});
  EXPECT_EQ(With(Fn(Plain).loopOnly()), Lines{"helper b.cpp:4 > sleep: blocks high loop-only"});
}

TEST(Graph, TheSurerDeclarationWins) {
  auto Declared = [](Confidence Sure, std::string Name) {
    return function("f", {}).pure().declared(sink(std::move(Name), Effect::Blocks, Sure));
  };
  EXPECT_EQ(
      findings({unit("a.cpp", {Declared(Confidence::Low, "a"), coroutine("loop", {To("f", 3)})}),
                unit("b.cpp", {Declared(Confidence::High, "c")}),
                unit("c.cpp", {Declared(Confidence::High, "b")})}),
      Lines{"loop a.cpp:3 > b: blocks high"});
}

TEST(Graph, OverridesOfAllCopiesCount) {
  EXPECT_EQ(findings({unit("a.cpp", {coroutine("loop", {To("A", 3).as(Dispatch::Virtual),
                                                        To("B", 4).as(Dispatch::Virtual)}),
                                     function("f", {Blocking(8)}).inFile(1).overriding("A")}),
                      unit("b.cpp", {function("f", {Blocking(8)}).inFile(1).overriding("B")})}),
            (Lines{"loop a.cpp:3 > f shared.h:8 > sleep: blocks high",
                   "loop a.cpp:4 > f shared.h:8 > sleep: blocks high"}));
}

/// What differs in a copy must count, whichever copy comes first.
TEST(Graph, CallsAtOnePlaceThatDifferAnywhereAreKept) {
  std::vector<Call> Calls;
  auto Add = [&](To C) { Calls.push_back(std::move(C)); };
  Add(To("f", 3));
  Add(To("g", 3));
  Add(To("f", 3).as(Dispatch::Virtual));
  Add(To("f", 3).on(Guard::Conditional));
  Add(To("f", 3).offLoop());
  Add(To("f", 3).startUp());
  Add(To("f", 3).asMainTask());
  Add(To("f", 3).suppressed());
  Add(To("f", 3).with(0, -1));
  Add(To("f", 3).with(0, 1));
  Add(To("f", 3).forwarding(0, 1));
  Add(To("f", 3).passing(0, Transfer::Loop, {"a", "b"}));
  Add(To("f", 3).passing(0, Transfer::Loop, {"ab"}));
  Add(To("f", 3).passingOwn(0, Transfer::Loop, 1));
  Add(To("f", 3).mended("x"));
  Add(To("f", 3));
  Calls.back().MakesThreadTask = true;
  Add(To("f", 3));
  Calls.back().Doubtful = true;
  Add(To("f", 3));
  Calls.back().Unmodelled = true;
  Add(Blocking(3, "f"));
  Calls.back().Primitive->OwnLoop = true;
  Add(Blocking(3, "f"));
  Add(Blocking(3, "f", Confidence::Low));
  Add(Blocking(3, "f").unlessZero(1));
  std::vector<Call> Result;
  for (bool Backwards : {false, true}) {
    if (Backwards)
      std::ranges::reverse(Calls);
    color::Graph Program;
    for (const Call &C : Calls)
      Program.add(unit("a.cpp", {function("helper", {C})}));
    const std::vector<Call> &Merged = only(Program).Calls;
    EXPECT_EQ(Merged.size(), Calls.size());
    EXPECT_TRUE(!Backwards || Merged == Result);
    Result = Merged;
  }
}

TEST(Graph, APlaceWithoutALineHasNoFile) {
  color::Graph Program;
  Unit Empty;
  Empty.Functions = {function("f", {})};
  Empty.Functions[0].Where = {};
  Program.add(Empty);
  EXPECT_EQ(Program.place(only(Program).Where), Place());
}

} // namespace
} // namespace corolint::test
