// Order_test.cpp - random programs give one result in every order
#include "test/color/Program.h"

#include <random>

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

/// Writes programs that use everything the solver knows, in every combination.
class Author {
public:
  explicit Author(unsigned Seed) : Random(Seed) {}

  std::vector<Unit> program() {
    std::vector<Unit> Result;
    for (const char *File : {"a.cpp", "b.cpp", "c.cpp"}) {
      Unit U = unit(File, {});
      // A name may be missing in a unit, or have another body in each.
      for (unsigned I = 0; I != Names; ++I)
        if (below(3) != 0)
          U.Functions.push_back(function("f" + std::to_string(I)));
      for (unsigned I = below(4); I != 0; --I)
        U.AddressesTaken.push_back({name(), type()});
      Result.push_back(std::move(U));
    }
    return Result;
  }

private:
  static constexpr unsigned Names = 14;

  std::uint32_t below(std::uint32_t Limit) { return Random() % Limit; }
  bool rarely() { return below(12) == 0; }
  std::string name() { return "f" + std::to_string(below(Names)); }
  std::string type() { return below(2) ? "void ()" : "int ()"; }

  Sink primitive() {
    Sink Result = sink(below(2) ? "sleep" : "read", static_cast<Effect>(below(2)),
                       static_cast<Confidence>(below(3)));
    if (below(3) == 0)
      Result.Unless.push_back({below(3), ParameterTest::Kind::Zero, 0});
    return Result;
  }

  Call call() {
    To Result(name(), 1 + below(9));
    Result.How = static_cast<Dispatch>(below(6));
    Result.Type = type();
    Result.Parameter = below(3);
    if (below(4) == 0)
      Result.Primitive = primitive();
    if (rarely())
      Result.Path = Guard::NoReturn;
    Result.OffLoop = rarely();
    Result.Suppressed = rarely() ? 1 : 0;
    Result.MakesMainTask = rarely();
    Result.MakesThreadTask = rarely();
    Result.Doubtful = rarely();
    Result.Unmodelled = rarely();
    Result.BeforeFirstSuspension = rarely();
    for (std::uint32_t I = 0; I != 3; ++I)
      switch (below(3)) {
      case 0:
        Result = std::move(Result).with(I, below(2));
        break;
      case 1:
        Result = std::move(Result).forwarding(I, below(3));
        break;
      }
    auto How = static_cast<Transfer>(below(5));
    if (below(4) == 0)
      Result = std::move(Result).passing(below(3), How, {name(), name()});
    if (below(4) == 0)
      Result = std::move(Result).passingOwn(below(3), How, below(3));
    return Result;
  }

  Function function(std::string Name) {
    constexpr Kind Kinds[] = {Kind::Function,  Kind::Function, Kind::Function,
                              Kind::Coroutine, Kind::Wrapper,  Kind::Generator};
    Fn Result(Kinds[below(6)], std::move(Name), {});
    for (std::uint32_t I = below(5); I != 0; --I)
      Result.Calls.push_back(call());
    Result = std::move(Result).inFile(below(2)).hash(below(3));
    if (rarely())
      Result.Declared = primitive();
    Result.Opaque = rarely();
    Result.Mixed = rarely();
    Result.LoopOnly = rarely();
    if (below(4) == 0)
      Result.Overrides.push_back(name());
    return Result;
  }

  std::minstd_rand Random;
};

TEST(Order, DoesNotChangeTheResultOfRandomPrograms) {
  std::size_t Found = 0;
  for (unsigned Seed = 1; Seed != 2'000 && !testing::Test::HasFailure(); ++Seed)
    Found += findings(Author(Seed).program()).size();
  EXPECT_GT(Found, 5'000u);
}

} // namespace
} // namespace corolint::test
