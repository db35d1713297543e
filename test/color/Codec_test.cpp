// Codec_test.cpp - facts as bytes: the round trip, and damage
#include "test/color/Program.h"

#include "checks/facts/Codec.h"

#include <flatbuffers/flatbuffers.h>
#include <random>

#include <gtest/gtest.h>

namespace corolint::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// A unit in which every field of Facts.h has a value that is not its default.
Unit rich() {
  Sink Full = sink("m", Effect::Locks, Confidence::Medium);
  Full.Help = "use aio::Lock";
  Full.OwnLoop = true;
  Full.Unless = {{1, ParameterTest::Kind::HasBits, -1}, {2, ParameterTest::Kind::Equals, 7}};
  Fix Mend{"insert", true, {{"a.cpp", 10, 2, "co_await "}, {"b.h", 1, 0, ""}}};
  To Everything = To("callee", 5)
                      .as(Dispatch::Parameter)
                      .on(Guard::NoReturn)
                      .offLoop()
                      .startUp()
                      .asMainTask()
                      .suppressed(Effect::Locks)
                      .with(0, -5)
                      .forwarding(1, 0)
                      .passing(2, Transfer::Stored, {"t", "", "t"})
                      .passingOwn(3, Transfer::Thread, 0);
  Everything.MakesThreadTask = true;
  Everything.Doubtful = true;
  Everything.Unmodelled = true;
  Everything.CalleeName = std::string("ns::zero\0byte", 13);
  Everything.Type = "void (int)";
  Everything.Parameter = 4;
  Everything.Primitive = Full;
  Everything.Mend = Mend;
  Unit U = unit("a.cpp", {generator("f", {Everything, To("x", 6), Blocking(7)})
                              .named("ns::f")
                              .hash(~std::uint64_t{0})
                              .overriding("Base::f")
                              .declared(Full)
                              .opaque()
                              .mixed()
                              .loopOnly(),
                          coroutine("", {})});
  U.Functions[0].Parameters = {{0, Awaits | Spawns, {{"g", 2, Returns}}},
                               {ObjectParameter, Stores, {}}};
  U.Functions[1].Where = {};
  U.AddressesTaken = {{"f", "void ()"}};
  Finding Found{"coro-x", {"a.cpp", 1, 2, 3, 4}, "message", "f",
                "help",   Confidence::Low,       true,      {{{"b.h", 9, 8, 7, 6}, "note"}},
                {Mend},   {{"g", 1, Returns}}};
  U.Findings = {Found, Finding()};
  U.Pending = {Found};
  U.Errors = {{{"a.cpp", 3, 0, 3, 0}, "expected ';'"}};
  U.Coroutines = 3;
  U.Commented = {{"a.cpp", {{1, 2}, {5, 5}}}, {"b.h", {}}};
  return U;
}

/// Gives damaged \p Content a checksum that fits (FNV-1a).
Bytes sealed(Bytes Content) {
  std::uint64_t Sum = 0xcbf29ce484222325;
  for (std::uint8_t Byte : Content)
    Sum = (Sum ^ Byte) * 0x100000001b3;
  for (int I = 0; I != 8; ++I)
    Content.push_back(static_cast<std::uint8_t>(Sum >> 8 * I));
  return Content;
}

Bytes content(const Unit &U) {
  Bytes Stored = encode(U);
  Stored.resize(Stored.size() - 8);
  return Stored;
}

TEST(Codec, BringsBackEveryField) { EXPECT_EQ(decode(encode(rich())), rich()); }

TEST(Codec, BringsBackAnEmptyUnit) { EXPECT_EQ(decode(encode(Unit())), Unit()); }

TEST(Codec, ReadsBytesFromTheMiddleOfAFile) {
  Bytes Stored = encode(rich());
  for (std::size_t Before = 1; Before != 9; ++Before) {
    Stored.insert(Stored.begin(), 0);
    EXPECT_EQ(decode(std::span(Stored).subspan(Before)), rich());
  }
}

TEST(Codec, GivesEqualBytesForEqualUnits) { EXPECT_EQ(encode(rich()), encode(rich())); }

TEST(Codec, StoresEqualStringsOnce) {
  Unit Once = unit("a.cpp", {}), Often = Once;
  Once.Files.assign(1, std::string(1000, 'x'));
  Often.Files.assign(9, std::string(1000, 'x'));
  EXPECT_LT(encode(Often).size(), encode(Once).size() + 100);
}

TEST(Codec, RefusesAFileThatIsCutAnywhere) {
  Bytes Whole = encode(rich());
  for (std::size_t Size = 0; Size != Whole.size(); ++Size)
    EXPECT_EQ(decode(Bytes(Whole.begin(), Whole.begin() + Size)), std::nullopt) << Size;
}

TEST(Codec, SurvivesContentThatIsCutAnywhere) {
  Bytes Whole = content(rich());
  for (std::size_t Size = 0; Size != Whole.size(); ++Size)
    (void)decode(sealed(Bytes(Whole.begin(), Whole.begin() + Size)));
}

TEST(Codec, RefusesAnyChangedByte) {
  Bytes Whole = encode(rich());
  for (std::uint8_t &Byte : Whole) {
    Byte ^= 0x10;
    EXPECT_EQ(decode(Whole), std::nullopt) << &Byte - Whole.data();
    Byte ^= 0x10;
  }
}

TEST(Codec, SurvivesDamageThatTheChecksumMisses) {
  const Bytes Whole = content(rich());
  std::minstd_rand Random(1);
  unsigned Refused = 0;
  for (int Round = 0; Round != 20'000; ++Round) {
    Bytes Damaged = Whole;
    for (unsigned Flips = 1 + Random() % 4; Flips != 0; --Flips)
      Damaged[Random() % Damaged.size()] = static_cast<std::uint8_t>(Random());
    auto Result = decode(sealed(std::move(Damaged)));
    Refused += !Result;
    if (Result) {
      EXPECT_EQ(decode(encode(*Result)), Result);
    }
  }
  EXPECT_GT(Refused, 1'000u);
  EXPECT_LT(Refused, 20'000u);
}

TEST(Codec, RefusesAnotherVersion) {
  Bytes Stored = content(rich());
  auto *Root = flatbuffers::GetMutableRoot<flatbuffers::Table>(Stored.data());
  constexpr flatbuffers::voffset_t Version = 4; // the first field
  ASSERT_EQ(Root->GetField<std::uint32_t>(Version, 0), FormatVersion);
  ASSERT_TRUE(decode(sealed(Stored)));
  for (std::uint32_t Other : {FormatVersion + 1, FormatVersion - 1}) {
    ASSERT_TRUE(Root->SetField<std::uint32_t>(Version, Other, 0));
    EXPECT_EQ(decode(sealed(Stored)), std::nullopt);
  }
}

TEST(Codec, RefusesAnotherKindOfFile) {
  Bytes Stored = content(rich());
  Stored[4] ^= 1;
  EXPECT_EQ(decode(sealed(Stored)), std::nullopt);
}

TEST(Codec, RefusesAFileIndexThatDoesNotExist) {
  Unit U = rich();
  U.Functions[0].Calls[1].Where.File = 2;
  EXPECT_EQ(decode(encode(U)), std::nullopt);
}

template <typename T> void expectRefused(T &Field, Unit &U) {
  T Before = Field;
  Field = static_cast<T>(0xEE);
  EXPECT_EQ(decode(encode(U)), std::nullopt);
  Field = Before;
}

TEST(Codec, RefusesEnumeratorsThatDoNotExist) {
  Unit U = rich();
  Call &C = U.Functions[0].Calls[0];
  expectRefused(U.Functions[0].What, U);
  expectRefused(C.How, U);
  expectRefused(C.Path, U);
  expectRefused(C.Primitive->What, U);
  expectRefused(C.Primitive->Sure, U);
  expectRefused(C.Primitive->Unless[0].Test, U);
  expectRefused(C.Callables[0].How, U);
  expectRefused(U.Findings[0].Sure, U);
  expectRefused(U.Findings[0].OnlyIf[0].Does, U);
  expectRefused(U.Functions[0].Parameters[0].Does, U);
  expectRefused(U.Functions[0].Parameters[0].To[0].Result, U);
  EXPECT_TRUE(decode(encode(U)));
}

} // namespace
} // namespace corolint::test
