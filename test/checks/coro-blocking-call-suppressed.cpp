// coro-blocking-call-suppressed.cpp - comments and attributes that silence
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <thread>

#include <aio/aio.h>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(10ms); }

// NOLINT comments

aio::Coro<> good_line() {
  nap(); // NOLINT
  nap(); // NOLINT(coro-blocking-call)
  nap(); // NOLINT(bugprone-use-after-move, coro-blocking-call)
  nap(); // NOLINT(coro-*)
  co_return;
}

aio::Coro<> good_next_line() {
  // NOLINTNEXTLINE
  nap();
  // NOLINTNEXTLINE(coro-blocking-call)
  nap();
  co_return;
}

aio::Coro<> good_block() {
  // NOLINTBEGIN(coro-blocking-call)
  nap();
  std::this_thread::sleep_for(10ms);
  // NOLINTEND(coro-blocking-call)
  co_return;
}

aio::Coro<> bad_other_check() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_other_check': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap(); // NOLINT(coro-sync-wait)
  // NOLINTNEXTLINE(coro-nested-run)
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_other_check': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  // NOLINTBEGIN(coro-discarded-task)
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_other_check': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  // NOLINTEND(coro-discarded-task)
  co_return;
}

aio::Coro<> bad_wrong_line() {
  // NOLINT(coro-blocking-call)
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_wrong_line': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  co_return;
}

// At the sink, or on the way to it: silent for all who call

void short_nap() { std::this_thread::sleep_for(1us); } // NOLINT(coro-blocking-call)
void through() {
  nap(); // NOLINT(coro-blocking-call)
}

aio::Coro<> good_silenced_helper() {
  short_nap();
  through();
  co_return;
}

aio::Coro<> bad_another_way() {
  through();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_another_way': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  co_return;
}

// Attributes

[[clang::annotate("corolint::blocking")]] void slow();
void slow_redeclared();
[[clang::annotate("corolint::blocking")]] void slow_redeclared();
void slow_redeclared() {}
[[clang::annotate("corolint::nonblocking")]] void quick() { nap(); } // NOLINT(coro-color-annotation)
[[clang::annotate("corolint::mixed")]] void either() { nap(); }
void calls_either() { either(); }

aio::Coro<> bad_annotated() {
  // CHECK: :[[@LINE+1]]:3: warning: 'slow' blocks the event loop in coroutine 'bad_annotated' [coro-blocking-call]
  slow();
  // CHECK: :[[@LINE+1]]:3: warning: 'slow_redeclared' blocks the event loop in coroutine 'bad_annotated' [coro-blocking-call]
  slow_redeclared();
  co_return;
}

aio::Coro<> good_annotated() {
  quick();
  either();
  calls_either();
  co_return;
}

// CHECK: :[[@LINE+1]]:67: warning: call of 'nap' blocks the event loop in 'bad_loop_only', which runs on the loop: it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
[[clang::annotate("corolint::loop_only")]] void bad_loop_only() { nap(); }

struct Device {
  virtual ~Device() = default;
  [[clang::annotate("corolint::blocking")]] virtual void open();
};
struct Tape : Device {
  void open() override;
};

aio::Coro<> bad_annotated_method(Device &device) {
  // CHECK: :[[@LINE+1]]:10: warning: 'Device::open' blocks the event loop in coroutine 'bad_annotated_method' [coro-blocking-call]
  device.open();
  co_return;
}
