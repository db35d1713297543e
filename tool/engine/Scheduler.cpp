// Scheduler.cpp - fork, wait, kill
//
// A child writes its result to an anonymous file that it shares with the
// parent, so nothing has to be removed, however the run ends. A pipe whose last
// writer is the child tells the parent of its death through poll().

#include "tool/engine/Scheduler.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace corolint::tool {

namespace {

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t Interrupted = 0;

void onInterrupt(int) { Interrupted = 1; }

/// Blocks SIGINT and SIGTERM except while waiting, and remembers them.
class InterruptGuard {
public:
  InterruptGuard() {
    Interrupted = 0;
    struct sigaction Action{};
    Action.sa_handler = onInterrupt;
    sigemptyset(&Action.sa_mask);
    sigset_t Both;
    sigemptyset(&Both);
    sigaddset(&Both, SIGINT);
    sigaddset(&Both, SIGTERM);
    sigprocmask(SIG_BLOCK, &Both, &Before);
    sigaction(SIGINT, &Action, &OldInterrupt);
    sigaction(SIGTERM, &Action, &OldTerminate);
  }

  ~InterruptGuard() { restore(); }

  /// Also called in a child, which must die of these signals.
  void restore() const {
    sigaction(SIGINT, &OldInterrupt, nullptr);
    sigaction(SIGTERM, &OldTerminate, nullptr);
    sigprocmask(SIG_SETMASK, &Before, nullptr);
  }

  const sigset_t &maskWhileWaiting() const { return Before; }

private:
  sigset_t Before;
  struct sigaction OldInterrupt, OldTerminate;
};

bool writeAll(int Fd, const std::vector<std::uint8_t> &Bytes) {
  for (std::size_t Done = 0; Done < Bytes.size();) {
    ssize_t Wrote = write(Fd, Bytes.data() + Done, Bytes.size() - Done);
    if (Wrote < 0 && errno == EINTR)
      continue;
    if (Wrote <= 0)
      return false;
    Done += static_cast<std::size_t>(Wrote);
  }
  return true;
}

std::optional<std::vector<std::uint8_t>> readAll(int Fd) {
  struct stat Status{};
  if (fstat(Fd, &Status) != 0)
    return std::nullopt;
  std::vector<std::uint8_t> Result(static_cast<std::size_t>(Status.st_size));
  for (std::size_t Done = 0; Done < Result.size();) {
    ssize_t Got = pread(Fd, Result.data() + Done, Result.size() - Done, static_cast<off_t>(Done));
    if (Got < 0 && errno == EINTR)
      continue;
    if (Got <= 0)
      return std::nullopt;
    Done += static_cast<std::size_t>(Got);
  }
  return Result;
}

struct Child {
  std::size_t Index = 0;
  pid_t Pid = -1;
  int Alive = -1;  ///< read end of the pipe: hangs up when the child ends
  int Output = -1; ///< the anonymous file
  Clock::time_point Deadline;
};

class Pool {
public:
  Pool(const ScheduleOptions &Settings,
       const std::function<std::vector<std::uint8_t>(std::size_t)> &Does,
       const std::function<void(std::size_t, WorkResult)> &Tells)
      : Options(Settings), Work(Does), Done(Tells) {}

  bool run(std::size_t Count) {
    std::size_t Next = 0;
    while ((Next < Count || !Children.empty()) && !Interrupted) {
      while (Next < Count && Children.size() < std::max(1U, Options.Jobs))
        start(Next++);
      if (!Children.empty())
        wait();
    }
    if (!Interrupted)
      return true;
    for (Child &Running : Children) {
      kill(Running.Pid, SIGKILL);
      reap(Running);
    }
    return false;
  }

private:
  void start(std::size_t Index) {
    Child New;
    New.Index = Index;
    int Ends[2] = {-1, -1};
    New.Output = memfd_create("corolint-unit", MFD_CLOEXEC);
    if (New.Output < 0 || pipe2(Ends, O_CLOEXEC) != 0)
      return refuse(New);
    New.Alive = Ends[0];
    pid_t Parent = getpid();
    // Whatever is buffered would otherwise be written by the child too.
    std::fflush(nullptr);
    New.Pid = fork();
    if (New.Pid == 0)
      work(New, Parent);
    close(Ends[1]);
    if (New.Pid < 0)
      return refuse(New);
    New.Deadline = Clock::now() + Options.Timeout;
    Children.push_back(New);
  }

  void refuse(Child &New) {
    WorkResult Result;
    Result.Reason = std::string("no process for it: ") + std::strerror(errno);
    closeFiles(New);
    Done(New.Index, std::move(Result));
  }

  [[noreturn]] void work(const Child &Self, pid_t Parent) {
    Interrupts.restore();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != Parent)
      _exit(1);
    rlimit NoCore{0, 0};
    setrlimit(RLIMIT_CORE, &NoCore);
    int Nowhere = open("/dev/null", O_RDWR);
    for (int Standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
      dup2(Nowhere, Standard);
    // No destructors: they belong to the parent.
    _exit(writeAll(Self.Output, Work(Self.Index)) ? 0 : 1);
  }

  /// Returns when a child has ended, a deadline has passed or a signal came.
  void wait() {
    std::vector<pollfd> Watched;
    Clock::time_point First = Clock::time_point::max();
    for (const Child &Running : Children) {
      Watched.push_back({Running.Alive, 0, 0}); // POLLHUP needs no asking
      First = std::min(First, Running.Deadline);
    }
    auto Left = std::max(First - Clock::now(), Clock::duration::zero());
    auto Nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(Left).count();
    timespec Limit{static_cast<time_t>(Nanoseconds / 1000000000),
                   static_cast<long>(Nanoseconds % 1000000000)};
    bool Limited = Options.Timeout.count() > 0;
    if (ppoll(Watched.data(), Watched.size(), Limited ? &Limit : nullptr,
              &Interrupts.maskWhileWaiting()) < 0)
      return;
    std::vector<Child> Still;
    std::vector<Child> Running = std::move(Children);
    for (std::size_t I = 0; I < Running.size(); ++I) {
      if (Watched[I].revents)
        finish(Running[I]);
      else if (Limited && Clock::now() >= Running[I].Deadline)
        expire(Running[I]);
      else
        Still.push_back(Running[I]);
    }
    Children = std::move(Still);
  }

  int reap(Child &Ended) {
    int Status = 0;
    while (waitpid(Ended.Pid, &Status, 0) < 0 && errno == EINTR) {
    }
    return Status;
  }

  void closeFiles(Child &Ended) {
    for (int Fd : {Ended.Alive, Ended.Output})
      if (Fd >= 0)
        close(Fd);
  }

  void finish(Child &Ended) {
    int Status = reap(Ended);
    WorkResult Result;
    Result.How = WorkResult::End::Crashed;
    if (WIFSIGNALED(Status)) {
      Result.Reason =
          "signal " + std::to_string(WTERMSIG(Status)) + " (" + strsignal(WTERMSIG(Status)) + ")";
    } else if (WEXITSTATUS(Status) != 0) {
      Result.Reason = "exit code " + std::to_string(WEXITSTATUS(Status));
    } else if (auto Bytes = readAll(Ended.Output)) {
      Result.How = WorkResult::End::Done;
      Result.Bytes = std::move(*Bytes);
    } else {
      Result.Reason = "its result cannot be read";
    }
    closeFiles(Ended);
    Done(Ended.Index, std::move(Result));
  }

  void expire(Child &Late) {
    kill(Late.Pid, SIGKILL);
    reap(Late);
    closeFiles(Late);
    WorkResult Result;
    Result.How = WorkResult::End::TimedOut;
    Done(Late.Index, std::move(Result));
  }

  const ScheduleOptions &Options;
  const std::function<std::vector<std::uint8_t>(std::size_t)> &Work;
  const std::function<void(std::size_t, WorkResult)> &Done;
  InterruptGuard Interrupts;
  std::vector<Child> Children;
};

} // namespace

bool runForked(std::size_t Count, const ScheduleOptions &Options,
               const std::function<std::vector<std::uint8_t>(std::size_t)> &Work,
               const std::function<void(std::size_t, WorkResult)> &Done) {
  return Pool(Options, Work, Done).run(Count);
}

unsigned availableProcessors() {
  cpu_set_t Mask;
  CPU_ZERO(&Mask);
  unsigned Result = 1;
  if (sched_getaffinity(0, sizeof(Mask), &Mask) == 0)
    Result = std::max(1, CPU_COUNT(&Mask));
  std::ifstream File("/sys/fs/cgroup/cpu.max");
  double Quota = 0, Period = 0;
  if (File >> Quota >> Period && Quota > 0 && Period > 0)
    Result = std::clamp(static_cast<unsigned>(Quota / Period + 0.5), 1U, Result);
  return Result;
}

} // namespace corolint::tool
