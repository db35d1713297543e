// Program.cpp - builds small programs and prints what the solver finds
#include "test/color/Program.h"

#include "checks/color/Solver.h"
#include "checks/facts/Codec.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace corolint::test {

using color::Violation;

To throughPointer(std::string Type, unsigned Line) {
  To Result = To("", Line).as(Dispatch::Pointer);
  Result.Type = std::move(Type);
  return Result;
}

To ofParameter(std::uint32_t Index, unsigned Line) {
  To Result = To("", Line).as(Dispatch::Parameter);
  Result.Parameter = Index;
  return Result;
}

Fn::Fn(Kind K, std::string Of, std::vector<Call> Body) {
  Id = Of;
  Name = std::move(Of);
  What = K;
  Where = {0, 1, 1, 1, 5};
  Calls = std::move(Body);
  BodyHash = 1;
}

Fn Fn::inFile(std::uint32_t File) && {
  Where.File = File;
  for (Call &C : Calls)
    C.Where.File = File;
  return std::move(*this);
}

Fn function(std::string Name, std::vector<Call> Body) {
  return {Kind::Function, std::move(Name), std::move(Body)};
}
Fn coroutine(std::string Name, std::vector<Call> Body) {
  return {Kind::Coroutine, std::move(Name), std::move(Body)};
}
Fn wrapper(std::string Name, std::vector<Call> Body) {
  return {Kind::Wrapper, std::move(Name), std::move(Body)};
}
Fn generator(std::string Name, std::vector<Call> Body) {
  return {Kind::Generator, std::move(Name), std::move(Body)};
}

Unit unit(std::string File, std::vector<Function> Functions) {
  Unit Result;
  Result.MainFile = File;
  Result.Files = {std::move(File), "shared.h"};
  Result.Functions = std::move(Functions);
  return Result;
}

static std::string line(const Violation &V) {
  static const char *const Effects[] = {"blocks", "waits", "runs-loop", "locks"};
  static const char *const Sure[] = {"low", "medium", "high"};
  static const char *const Why[] = {"", " wrapper", " callback", " loop-only", " nonblocking"};
  std::string Result;
  for (const color::Step &Step : V.Chain)
    Result += Step.Caller + " " + Step.Where.File + ":" + std::to_string(Step.Where.Line) + " > ";
  Result += V.Chain.back().Callee;
  Result += std::string(": ") + Effects[static_cast<int>(V.What)] + " " +
            Sure[static_cast<int>(V.Sure)] + Why[static_cast<int>(V.Why)];
  if (V.Suppressed)
    Result += " suppressed";
  if (V.Others != 0)
    Result += " +" + std::to_string(V.Others);
  if (V.Mend)
    Result += " [" + V.Mend->Title + "]";
  EXPECT_EQ(V.Where, V.Chain.front().Where);
  EXPECT_EQ(V.Function, V.Chain.front().Caller);
  EXPECT_EQ(V.Primitive.Name, V.Chain.back().Callee);
  EXPECT_EQ(V.Primitive.What, V.What);
  for (std::size_t I = 1; I < V.Chain.size(); ++I)
    EXPECT_EQ(V.Chain[I - 1].Callee, V.Chain[I].Caller);
  return Result;
}

static Lines solved(const std::vector<Unit> &Units) {
  color::Graph Program;
  for (const Unit &U : Units)
    Program.add(U);
  Lines Result;
  for (const Violation &V : color::solve(Program))
    Result.push_back(line(V));
  return Result;
}

Lines findings(std::vector<Unit> Units) {
  Lines Result = solved(Units);
  std::vector<Unit> Stored;
  for (const Unit &U : Units)
    Stored.push_back(decode(encode(U)).value_or(Unit()));
  EXPECT_EQ(Stored, Units);
  std::minstd_rand Random(1);
  for (int I = 0; I != 4; ++I) {
    std::ranges::shuffle(Stored, Random);
    for (Unit &U : Stored)
      std::ranges::shuffle(U.Functions, Random);
    EXPECT_EQ(solved(Stored), Result) << "in another order";
  }
  return Result;
}

Lines findings(std::vector<Function> Functions) {
  return findings(std::vector{unit("a.cpp", std::move(Functions))});
}

} // namespace corolint::test
