// Program.h - builds small programs and prints what the solver finds
//
// Every function is named by its id. A line number places a call; all else has
// a default that tests change where it matters.

#ifndef COROLINT_TEST_COLOR_PROGRAM_H
#define COROLINT_TEST_COLOR_PROGRAM_H

#include "checks/facts/Facts.h"

#include <string>
#include <utility>
#include <vector>

namespace corolint::test {

using namespace facts;

/// The primitive \p Name, without conditions.
inline Sink sink(std::string Name, Effect What = Effect::Blocks,
                 Confidence Sure = Confidence::High) {
  Sink Result;
  Result.What = What;
  Result.Sure = Sure;
  Result.Name = std::move(Name);
  return Result;
}

/// A call that is built step by step.
struct To : Call {
  To(std::string Id, unsigned Line) {
    Callee = std::move(Id);
    CalleeName = Callee;
    Where = {0, Line, 3, Line, 9};
  }
  To as(Dispatch D) && { return How = D, std::move(*this); }
  To on(Guard G) && { return Path = G, std::move(*this); }
  To at(unsigned Column) && { return Where.Column = Column, std::move(*this); }
  To offLoop() && { return OffLoop = true, std::move(*this); }
  To startUp() && { return BeforeFirstSuspension = true, std::move(*this); }
  To asMainTask() && { return MakesMainTask = true, std::move(*this); }
  To asThreadTask() && { return MakesThreadTask = true, std::move(*this); }
  To doubtful() && { return Doubtful = true, std::move(*this); }
  To suppressed(Effect E = Effect::Blocks) && {
    return Suppressed |= 1 << static_cast<unsigned>(E), std::move(*this);
  }
  To with(std::uint32_t Index, std::int64_t Value) && {
    return Arguments.push_back({Index, Value, {}}), std::move(*this);
  }
  To forwarding(std::uint32_t Index, std::uint32_t Own) && {
    return Arguments.push_back({Index, {}, Own}), std::move(*this);
  }
  To passing(std::uint32_t Index, Transfer How, std::vector<std::string> Targets) && {
    Callables.push_back({Index, How, std::move(Targets), {}});
    return std::move(*this);
  }
  To passingOwn(std::uint32_t Index, Transfer How, std::uint32_t Own) && {
    return Callables.push_back({Index, How, {}, Own}), std::move(*this);
  }
  To mended(std::string Title) && {
    return Mend = Fix{std::move(Title), true, {}}, std::move(*this);
  }
};

/// A blocking call of a primitive; "sleep" unless named otherwise.
struct Blocking : To {
  explicit Blocking(unsigned Line, std::string Name = "sleep", Confidence Sure = Confidence::High)
      : To(Name, Line) {
    Primitive = sink(std::move(Name), Effect::Blocks, Sure);
  }
  Blocking doing(Effect E) && { return Primitive->What = E, std::move(*this); }
  Blocking unlessZero(std::uint32_t Parameter) && {
    Primitive->Unless.push_back({Parameter, ParameterTest::Kind::Zero, 0});
    return std::move(*this);
  }
  Blocking unless(ParameterTest Test) && {
    return Primitive->Unless.push_back(Test), std::move(*this);
  }
};

/// The call through a function pointer of type \p Type.
To throughPointer(std::string Type, unsigned Line);
/// The call of the callable that is parameter \p Index.
To ofParameter(std::uint32_t Index, unsigned Line);

/// A function that is built step by step. It has a body unless pure().
struct Fn : Function {
  Fn(Kind K, std::string Name, std::vector<Call> Body);
  Fn inFile(std::uint32_t File) &&;
  Fn named(std::string N) && { return Name = std::move(N), std::move(*this); }
  Fn pure() && { return BodyHash = 0, std::move(*this); }
  Fn hash(std::uint64_t H) && { return BodyHash = H, std::move(*this); }
  Fn opaque() && { return Opaque = true, std::move(*this); }
  Fn mixed() && { return Mixed = true, std::move(*this); }
  Fn loopOnly() && { return LoopOnly = true, std::move(*this); }
  Fn overriding(std::string Id) && { return Overrides.push_back(std::move(Id)), std::move(*this); }
  Fn declared(Sink S) && { return Declared = std::move(S), std::move(*this); }
};

Fn function(std::string Name, std::vector<Call> Body);
Fn coroutine(std::string Name, std::vector<Call> Body);
Fn wrapper(std::string Name, std::vector<Call> Body);
Fn generator(std::string Name, std::vector<Call> Body);

/// A unit with \p File as file 0 and "shared.h" as file 1.
Unit unit(std::string File, std::vector<Function> Functions);

/// What solve() finds in the program, one line for each violation:
///
///     loop a.cpp:3 > helper a.cpp:7 > sleep: blocks high
///
/// Then come "callback", "wrapper" or "loop-only", "suppressed", "+N" for
/// others and the title of the fix. Fails the test when another order of the
/// units, or storing them, changes the result.
std::vector<std::string> findings(std::vector<Unit> Units);

/// findings() of a program in one unit, a.cpp.
std::vector<std::string> findings(std::vector<Function> Functions);

using Lines = std::vector<std::string>;

} // namespace corolint::test

#endif // COROLINT_TEST_COLOR_PROGRAM_H
