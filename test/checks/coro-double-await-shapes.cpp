// coro-double-await-shapes.cpp - tasks that are awaited once, and look otherwise
//
// RUN: %findings --strict --check=coro-double-await %s %flags | %expect %s

#include <coroutine>
#include <utility>

#include "cobalt_mock.h"
#include "gtest_macros.h"
#include "task_mock.h"

mini::task<int> lookup();
int key(const mini::task<int> &work);
bool enabled();

// Calls in a row: the first one looks, and the later one takes

struct Chain {
  Chain id(int number);
  Chain then(mini::task<int> work);
};

mini::task<> good_chain(Chain chain) {
  auto work = lookup();
  chain.id(key(work)).then(std::move(work));
  auto first = lookup(), second = lookup();
  chain.then(std::move(first)).then(std::move(second));
  co_return;
}

mini::task<> bad_chain(Chain chain) {
  auto work = lookup();
  // CHECK: :[[@LINE+1]]:46: warning: 'work' is moved a second time; its new owner gets an empty task [coro-double-await]
  chain.then(std::move(work)).then(std::move(work));
  co_return;
}

// A loop without end

mini::task<> good_made_anew() {
  auto work = lookup();
  for (;;) {
    co_await std::move(work);
    work = lookup();
  }
}

mini::task<> bad_without_end() {
  auto work = lookup();
  for (;;)
    // CHECK: :[[@LINE+1]]:24: warning: 'work' is awaited again in the next turn of the loop; a task gives its result once [coro-double-await]
    co_await std::move(work);
}

/// Its promise awaits what it is given by reference, and leaves it as it is.
struct watcher {
  struct promise_type {
    watcher get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    mini::detail::task_awaiter<int> await_transform(mini::task<int> &work);
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

watcher good_awaited_by_reference() {
  auto work = lookup();
  co_await work;
  co_await work;
}

// Each await gives the next value

boost::cobalt::task<void> good_generator(boost::cobalt::generator<int> numbers) {
  co_await numbers;
  co_await numbers;
}

// A test that the second use fails, and one whose first use is in a child

mini::task<> good_tests() {
  auto work = lookup();
  EXPECT_DEATH(
      {
        co_await std::move(work);
        co_await std::move(work);
      },
      "empty");
  co_await std::move(work);
  EXPECT_DEATH(co_await std::move(work), "empty");
}

mini::task<> bad_beside_a_test() {
  auto work = lookup();
  EXPECT_DEATH(enabled(), "");
  co_await std::move(work);
  // CHECK: :[[@LINE+1]]:22: warning: 'work' is awaited a second time; a task gives its result once [coro-double-await]
  co_await std::move(work);
}
