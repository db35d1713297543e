// SchedulerTest.cpp - a process that dies costs its own work only

#include "tool/engine/Scheduler.h"

#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <sys/wait.h>
#include <unistd.h>

using namespace corolint::tool;
using End = WorkResult::End;

namespace {

std::vector<std::uint8_t> bytes(std::size_t Value) { return {static_cast<std::uint8_t>(Value), 7}; }

std::map<std::size_t, WorkResult>
run(std::size_t Count, unsigned Jobs,
    const std::function<std::vector<std::uint8_t>(std::size_t)> &Work,
    std::chrono::milliseconds Timeout = std::chrono::seconds(60)) {
  std::map<std::size_t, WorkResult> Results;
  EXPECT_TRUE(runForked(Count, {Jobs, Timeout}, Work, [&](std::size_t Index, WorkResult Result) {
    EXPECT_TRUE(Results.emplace(Index, Result).second);
  }));
  EXPECT_EQ(Results.size(), Count);
  return Results;
}

} // namespace

TEST(Scheduler, EveryPieceIsDoneOnce) {
  for (unsigned Jobs : {1U, 4U, 100U}) {
    auto Results = run(20, Jobs, bytes);
    for (const auto &[Index, Result] : Results) {
      EXPECT_EQ(Result.How, End::Done);
      EXPECT_EQ(Result.Bytes, bytes(Index));
    }
  }
  EXPECT_TRUE(run(0, 4, bytes).empty());
}

TEST(Scheduler, LargeResultsArrive) {
  auto Results = run(3, 3, [](std::size_t) { return std::vector<std::uint8_t>(5000000, 1); });
  EXPECT_EQ(Results[2].Bytes.size(), 5000000U);
}

TEST(Scheduler, ACrashAndAnExitAreReported) {
  auto Results = run(4, 2, [](std::size_t Index) {
    if (Index == 1)
      std::raise(SIGSEGV);
    if (Index == 2)
      _exit(9);
    return bytes(Index);
  });
  EXPECT_EQ(Results[0].How, End::Done);
  EXPECT_EQ(Results[1].How, End::Crashed);
  EXPECT_EQ(Results[1].Reason, "signal 11 (Segmentation fault)");
  EXPECT_EQ(Results[2].How, End::Crashed);
  EXPECT_EQ(Results[2].Reason, "exit code 9");
  EXPECT_EQ(Results[3].How, End::Done);
}

TEST(Scheduler, AHangIsStoppedAndTheOthersGoOn) {
  auto Results = run(
      4, 2,
      [](std::size_t Index) {
        while (Index == 1)
          pause();
        return bytes(Index);
      },
      std::chrono::milliseconds(300));
  EXPECT_EQ(Results[1].How, End::TimedOut);
  EXPECT_EQ(Results[3].How, End::Done);
}

TEST(Scheduler, WithoutATimeoutNothingIsStopped) {
  auto Results = run(
      2, 2,
      [](std::size_t Index) {
        usleep(50000);
        return bytes(Index);
      },
      std::chrono::milliseconds(0));
  EXPECT_EQ(Results[1].How, End::Done);
}

TEST(Scheduler, AnInterruptKillsTheChildren) {
  pid_t Self = getpid();
  unsigned Ended = 0;
  bool Complete = runForked(
      8, {2, std::chrono::seconds(60)},
      [Self](std::size_t Index) {
        if (Index == 0)
          kill(Self, SIGINT);
        pause();
        return bytes(Index);
      },
      [&](std::size_t, const WorkResult &) { ++Ended; });
  EXPECT_FALSE(Complete);
  EXPECT_EQ(Ended, 0U);
  // All children were waited for.
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(Scheduler, AnInterruptBeforeTheRunDoesNotCount) {
  EXPECT_EQ(run(1, 1, bytes)[0].How, End::Done);
  EXPECT_GE(availableProcessors(), 1U);
}
