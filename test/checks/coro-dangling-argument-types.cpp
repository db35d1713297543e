// coro-dangling-argument-types.cpp - coroutines of other kinds than lazy tasks
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <string>
#include <utility>

#include "task_mock.h"

using namespace std::chrono_literals;

void use(const std::string &text);

mini::task<int> lookup(const std::string &name) {
  co_await mini::sleep_for(1ms);
  use(name);
  co_return 1;
}

// Eager: the body runs at once, to its first suspension

mini::job<int> reads_first(const std::string &name) {
  std::string own = name;
  co_await mini::sleep_for(1ms);
  use(own);
  co_return 1;
}
mini::job<int> reads_late(const std::string &name) {
  co_await mini::sleep_for(1ms);
  use(name);
  co_return 1;
}
mini::job<> good_eager_copies() {
  auto found = reads_first(std::string("a"));
  co_await std::move(found);
}
mini::job<> bad_eager_reads_late() {
  // CHECK: :[[@LINE+1]]:27: warning: 'name' of 'reads_late' refers to a temporary
  auto found = reads_late(std::string("a"));
  co_await std::move(found);
}

mini::task<> bad_outlives_the_scope() {
  mini::job<int> kept;
  {
    std::string name = "a";
    // CHECK: :[[@LINE+1]]:12: warning: 'name' of 'reads_late' refers to 'name', which dies
    kept = reads_late(name);
  }
  co_await std::move(kept);
}
mini::task<> good_may_be_done_with_it() {
  mini::job<int> kept;
  {
    std::string name = "a";
    kept = reads_late(name);
    co_await mini::yield();
  }
  co_await std::move(kept);
}

// A hand-written spawn

struct detached {
  struct promise_type {
    detached get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
};
detached start(mini::task<int> work) { co_await std::move(work); }
void bad_hand_written_spawn() {
  // CHECK: :[[@LINE+1]]:16: warning: 'name' of 'lookup' refers to a temporary
  start(lookup(std::string("a")));
}

// A coroutine that starts at once and that nobody can await

detached notify(const std::string &name) {
  co_await mini::sleep_for(1ms);
  use(name);
}
detached notify_first(const std::string &name) {
  use(name);
  co_await mini::sleep_for(1ms);
}
void bad_nobody_can_await() {
  // CHECK: :[[@LINE+1]]:10: warning: 'name' of 'notify' refers to a temporary
  notify("a");
  notify_first("a");
  std::string name = "b";
  // CHECK: :[[@LINE+1]]:3: warning: 'name' of 'notify' refers to 'name', which dies
  notify(name);
}

// What authors say

template <class T> struct [[clang::coro_return_type, clang::coro_lifetimebound]] bound : mini::task<T> {
  using promise_type = mini::detail::task_promise<T>;
  bound(mini::task<T> &&);
};
bound<int> bound_lookup(const std::string &name);
[[clang::coro_disable_lifetimebound]] bound<int> free_lookup(const std::string &name);
mini::task<> bad_bound() {
  // CHECK: :[[@LINE+1]]:29: warning: 'name' of 'bound_lookup' refers to a temporary
  auto found = bound_lookup(std::string("a"));
  co_await std::move(found);
}
mini::task<> good_not_bound() {
  auto found = free_lookup(std::string("a"));
  co_await std::move(found);
}
