// coro-blocking-call-chain.cpp - blocking functions reached through calls
//
// RUN: %findings %s %flags | %expect %s

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <thread>
#include <tuple>
#include <variant>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

#include <aio/aio.h>

#include "task_mock.h"

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(10ms); }
void refresh() { nap(); }
void harmless() {}

aio::Coro<> bad_chain() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'refresh' blocks the event loop in coroutine 'bad_chain': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  refresh();
  co_return;
}

// The finding stands in the innermost coroutine.
aio::Coro<> good_outer() { co_await bad_chain(); }

// Recursion

void down(int depth) {
  if (depth > 0)
    down(depth - 1);
  else
    nap();
}
void pong(int count);
void ping(int count) { pong(count - 1); }
void pong(int count) {
  if (count > 0)
    ping(count);
  nap();
}

aio::Coro<> bad_recursion() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'down' blocks the event loop in coroutine 'bad_recursion': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  down(3);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'ping' blocks the event loop in coroutine 'bad_recursion': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  ping(3);
  co_return;
}

// Functions as values

aio::Coro<> bad_pointer() {
  void (*action)() = nap;
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_pointer': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  action();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_pointer': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  (*action)();
  co_return;
}

aio::Coro<> bad_function_object() {
  std::function<void()> action = nap;
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_function_object': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  action();
  std::function<void()> later;
  later = [] { nap(); };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_function_object' blocks the event loop in coroutine 'bad_function_object': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  later();
  co_return;
}

aio::Coro<> good_function_object(std::function<void()> unknown) {
  std::function<void()> action = harmless;
  action();
  if (unknown)
    unknown();
  co_return;
}

struct Watcher {
  std::function<void()> changed;
  void tell() { changed(); }
};

// Who is called through a member is not known.
aio::Coro<> known_miss_stored_in_a_member() {
  Watcher watcher;
  watcher.changed = [] { nap(); };
  watcher.tell();
  co_return;
}

struct Disk {
  void sync() { nap(); }
  int size() const { return 0; }
};

aio::Coro<> bad_member_pointer(Disk &disk) {
  auto action = &Disk::sync;
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Disk::sync' blocks the event loop in coroutine 'bad_member_pointer': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  (disk.*action)();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Disk::sync' blocks the event loop in coroutine 'bad_member_pointer': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::invoke(&Disk::sync, disk);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Disk::sync' blocks the event loop in coroutine 'bad_member_pointer': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::bind(&Disk::sync, &disk)();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Disk::sync' blocks the event loop in coroutine 'bad_member_pointer': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::mem_fn(&Disk::sync)(disk);
  co_return;
}

aio::Coro<> good_member_pointer(Disk &disk) {
  auto ask = &Disk::size;
  (disk.*ask)();
  std::invoke(&Disk::size, disk);
  co_return;
}

struct Visitor {
  void operator()(int) const { nap(); }
};

aio::Coro<> bad_visit(std::variant<int> value) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Visitor::operator()' blocks the event loop in coroutine 'bad_visit': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::visit(Visitor{}, value);
  co_return;
}

// Virtual calls: all overriders block, or the one that is meant does

struct Sink {
  virtual ~Sink() = default;
  virtual void write() = 0;
};
struct FileSink : Sink {
  void write() override { nap(); }
};
struct TapeSink final : Sink {
  void write() override { refresh(); }
};

aio::Coro<> bad_virtual_all(Sink &sink) {
  // CHECK: :[[@LINE+1]]:8: warning: call of 'FileSink::write' blocks the event loop in coroutine 'bad_virtual_all': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  sink.write();
  co_return;
}

struct Clock {
  virtual ~Clock() = default;
  virtual void tick() {}
};
struct SlowClock final : Clock {
  void tick() override { nap(); }
};

aio::Coro<> bad_virtual_known(SlowClock &slow) {
  // CHECK: :[[@LINE+1]]:8: warning: call of 'SlowClock::tick' blocks the event loop in coroutine 'bad_virtual_known': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  slow.tick();
  // CHECK: :[[@LINE+1]]:15: warning: call of 'SlowClock::tick' blocks the event loop in coroutine 'bad_virtual_known': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  SlowClock().tick();
  co_return;
}

aio::Coro<> good_virtual_some(Clock &clock, SlowClock &slow) {
  clock.tick(); // likely one of the others: told by --strict
  slow.Clock::tick();
  co_return;
}

// What a helper does depends on its arguments; without a constant: --strict

int readable(pollfd *set, int patience) { return poll(set, 1, patience); }
int readable_now(pollfd *set) { return readable(set, 0); }
int readable_twice(pollfd *set, int patience) { return readable(set, patience); }

aio::Coro<> bad_patience(pollfd *set) {
  // CHECK: :[[@LINE+2]]:3: warning: call of 'readable_twice' blocks the event loop in coroutine 'bad_patience': it reaches 'poll' [coro-blocking-call]
  // CHECK-COUNT-3: note:
  readable_twice(set, 1000);
  co_return;
}

aio::Coro<> good_patience(pollfd *set) {
  readable(set, 0);
  readable_now(set);
  readable_twice(set, 0);
  co_return;
}

// Paths that end the program, and paths that do not

[[noreturn]] void die() {
  nap();
  std::exit(1);
}
void check(bool fine) {
  if (!fine) {
    nap();
    std::abort();
  }
}

aio::Coro<> good_error_path(bool fine) {
  check(fine);
  if (!fine)
    die();
  co_return;
}

void complain(bool fine) {
  if (fine)
    return;
  nap();
  throw std::runtime_error("broken");
}

aio::Coro<> bad_exception_path(bool fine) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'complain' blocks the event loop in coroutine 'bad_exception_path': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  complain(fine);
  co_return;
}

// To make a task is not to run it.
aio::Coro<> bad_when_awaited() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_when_awaited': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  co_return;
}
aio::Coro<> make() { return bad_when_awaited(); }
aio::Coro<> good_maker() {
  aio::Coro<> kept = make();
  co_await std::move(kept);
}

// Control flow of all kinds

void choose(int number) {
  switch (number) {
  case 1:
    [[fallthrough]];
  case 2:
    nap();
    break;
  default:
    break;
  }
}
void again(int count) {
retry:
  if (count-- > 0) {
    nap();
    goto retry;
  }
}
void careful() noexcept try {
  throw 1;
} catch (...) {
  nap();
}

aio::Coro<> bad_control_flow(int number) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'choose' blocks the event loop in coroutine 'bad_control_flow': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  choose(number);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'again' blocks the event loop in coroutine 'bad_control_flow': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  again(number);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'careful' blocks the event loop in coroutine 'bad_control_flow': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  careful();
  // CHECK: :[[@LINE+1]]:16: warning: call of 'nap' blocks the event loop in coroutine 'bad_control_flow': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  number > 1 ? nap() : harmless();
  // CHECK: :[[@LINE+1]]:18: warning: call of 'nap' blocks the event loop in coroutine 'bad_control_flow': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  number > 2 && (nap(), true);
  do
    // CHECK: :[[@LINE+1]]:5: warning: call of 'nap' blocks the event loop in coroutine 'bad_control_flow': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
    nap();
  while (number-- > 0);
  co_return;
}

// A duration is zero when the number is that it is made of.

void naps_for(int count) { std::this_thread::sleep_for(std::chrono::milliseconds(count)); }

aio::Coro<> bad_and_good_durations() {
  naps_for(0);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'naps_for' blocks the event loop in coroutine 'bad_and_good_durations': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  naps_for(2);
  co_return;
}

// Names: an inline namespace, a callable of the library

inline namespace v2 {
namespace disk {
void flush() { nap(); }
} // namespace disk
} // namespace v2

aio::Coro<> bad_names() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'disk::flush' blocks the event loop in coroutine 'bad_names': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  disk::flush();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'disk::flush' blocks the event loop in coroutine 'bad_names': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  v2::disk::flush();
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_names' blocks the event loop in coroutine 'bad_names': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::apply([](int) { nap(); }, std::tuple(1));
  co_return;
}

/// A wrapper of the project that hides what it holds.
class Job {
public:
  template <class F> explicit Job(F action) : held(std::make_unique<Held<F>>(action)) {}
  void run() { held->run(); }

private:
  struct Any {
    virtual ~Any() = default;
    virtual void run() = 0;
  };
  template <class F> struct Held : Any {
    explicit Held(F action) : action(action) {}
    void run() override { action(); }
    F action;
  };
  std::unique_ptr<Any> held;
};

aio::Coro<> bad_erased() {
  Job job([] { nap(); });
  // CHECK: :[[@LINE+1]]:7: warning: call of 'Job::run' blocks the event loop in coroutine 'bad_erased': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  job.run();
  co_return;
}

// Its body is in a file that nobody showed.
void elsewhere();
aio::Coro<> known_miss_elsewhere() {
  elsewhere();
  co_return;
}

// To log and to allocate is ordinary work

void note(const char *what) {
  std::printf("%s", what);
  std::fputs(what, stderr);
  std::cerr << what << std::endl;
  auto room = std::make_unique<std::vector<int>>(3);
}
aio::Coro<> good_logs() {
  note("started");
  co_return;
}
