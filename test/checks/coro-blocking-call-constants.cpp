// coro-blocking-call-constants.cpp - calls that the compiler makes
// RUN: %findings %s %flags -std=c++23 | %expect %s --check-prefixes=CHECK,%llvm --allow-unused-prefixes

#include <aio/aio.h>

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(10ms); }

consteval int at_compile_time() { return 3; }

constexpr int small(int value) {
  if (value > 100) nap();
  return value;
}

aio::Coro<> good_constants() {
  constexpr int early = small(1);
  const int at_once = small(early);
  static const int once = small(2), twice = 2 * small(2);
  static_assert(small(3) == 3);
  if constexpr (small(4) == 4) co_return static_cast<void>(at_once + once + twice);
}

aio::Coro<> bad_variables(int seconds) {
  // CHECK: :[[@LINE+1]]:25: warning: call of 'small' blocks the event loop in coroutine 'bad_variables': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  const int too_early = small(seconds);
  int constant = at_compile_time();
  // CHECK: :[[@LINE+1]]:14: warning: call of 'small' blocks the event loop in coroutine 'bad_variables': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  constant = small(1);
  co_return static_cast<void>(too_early + constant);
}

constexpr int either_time(int value) {
  if consteval {
    return value;
  } else {
    nap();
    return value;
  }
}

// Clang 19 makes no graph of a function with `if consteval`.
aio::Coro<> bad_if_consteval() {
  constexpr int early = either_time(1);
  // LLVM22: :[[@LINE+1]]:31: warning: call of 'either_time' blocks the event loop in coroutine 'bad_if_consteval': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  co_return static_cast<void>(either_time(early) + at_compile_time());
}
