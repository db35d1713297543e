// coro-nested-task.cpp - tasks that are the results of tasks
//
// RUN: %findings --strict %s %flags | %expect %s

#include <any>
#include <functional>
#include <future>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "seastar_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<> flush() { co_return; }
mini::task<int> lookup();
int compute(int number);
template <class T> aio::Coro<> together(T work) { co_await aio::gather(std::move(work)); }

// A coroutine that returns a task instead of its result

aio::Coro<aio::Coro<int>> bad_co_return(int number) {
  // CHECK: :[[@LINE+1]]:13: warning: what 'fetch' returns is a task, and becomes the result of 'bad_co_return'; who awaits that must await once more [coro-nested-task]
  co_return fetch(number);
}

mini::task<mini::task<int>> bad_named() {
  auto work = lookup();
  // CHECK: :[[@LINE+1]]:13: warning: 'work' is a task, and becomes the result of 'bad_named'
  co_return work;
}

asio::awaitable<asio::awaitable<void>> bad_branches(bool first) {
  if (first)
    // CHECK: :[[@LINE+1]]:15: warning: {{.*}} is a task, and becomes the result
    co_return []() -> asio::awaitable<void> { co_return; }();
  // CHECK: :[[@LINE+1]]:13: warning: {{.*}} is a task
  co_return asio::awaitable<void>();
}

struct Client {
  aio::Coro<int> get();
  aio::Coro<aio::Coro<int>> retry() {
    // CHECK: :[[@LINE+1]]:15: warning: what 'Client::get' returns is a task
    co_return get();
  }
};

void bad_lambda() {
  auto work = []() -> aio::Coro<aio::Coro<>> {
    // CHECK: :[[@LINE+1]]:15: warning: what 'flush' returns is a task
    co_return flush();
  };
  aio::run(together(work()));
}

// The outer task is given to a loop, and nobody sees the inner one

aio::Coro<aio::Coro<int>> outer();
template <class F> aio::Coro<std::invoke_result_t<F>> with_retry(F work) { co_return work(); }

void bad_spawned(asio::io_context &context) {
  // CHECK: :[[@LINE+1]]:20: warning: what 'outer' returns is a task whose result is a task; 'aio::create_task' runs the outer one, and the work of the inner one never starts
  aio::create_task(outer()); // NOLINT(coro-detached-unobserved)
  // CHECK: :[[@LINE+1]]:20: warning: what 'with_retry' returns is a task whose result is a task
  aio::create_task(with_retry([] { return fetch(1); })); // NOLINT(coro-detached-unobserved)
  // CHECK: :[[@LINE+1]]:27: warning: what 'bad_branches' returns is a task whose result is a task
  asio::co_spawn(context, bad_branches(true), asio::detached); // NOLINT(coro-detached-unobserved)
}

// A thread makes the task, and does not run it

void bad_on_a_thread() {
  // CHECK: :[[@LINE+1]]:17: warning: 'std::async' only makes the task on the other thread; its work does not run there
  auto result = std::async(std::launch::async, fetch, 1);
  // CHECK: :[[@LINE+1]]:17: warning: 'std::async' only makes the task on the other thread
  auto second = std::async([] { return flush(); });
}

// Silent

aio::Coro<int> good_awaited() { co_return co_await fetch(1); }

aio::Coro<> good_awaited_twice() {
  int number = co_await co_await outer();
  auto inner = co_await with_retry([] { return flush(); });
  co_await std::move(inner);
  auto task = aio::create_task(outer());
  co_await aio::gather(fetch(number));
  co_await co_await std::move(task);
}

/// A wrapper makes both at once: who calls it has asked for that.
aio::Coro<aio::Coro<int>> good_wrapper() { return outer(); }

/// The inner task runs already: the result is a handle.
aio::Coro<aio::Task<int>> good_handle() { co_return aio::create_task(fetch(1)); }

template <class T> aio::Coro<T> just(T value) { co_return value; }
template <class T> mini::task<T> forward(T value) { co_return std::move(value); }

aio::Coro<> good_generic() {
  co_await co_await forward(fetch(1));
}

aio::Coro<int> good_thread() {
  co_return co_await aio::to_thread([] { return compute(2); });
}

aio::Coro<std::vector<aio::Coro<>>> good_many() {
  std::vector<aio::Coro<>> all;
  all.push_back(flush());
  co_return all;
}

/// The type says nothing of what is in it.
mini::task<std::any> known_miss_erased() { co_return std::any(compute); }

// The result of the outer task is kept, and with it the inner one

mini::task<mini::task<int>> choose();

mini::task<> bad_result_kept() {
  // CHECK: :[[@LINE+1]]:8: warning: 'inner' is never awaited, so its work never starts [coro-unawaited-task]
  auto inner = co_await choose();
}

mini::task<> bad_results_kept(std::vector<mini::task<mini::task<int>>> all) {
  // CHECK: :[[@LINE+1]]:8: warning: the tasks in 'results' are never awaited, so their work is lost [coro-unawaited-task]
  auto results = co_await mini::when_all(std::move(all));
  compute(results.size());
}

// A continuation that gives a task: who flattens gives its result

struct Request {
  template <class F> mini::task<std::invoke_result_t<F>> then(F next) {
    co_await mini::yield();
    co_return next();
  }
};

mini::task<> bad_continuation(Request request) {
  // CHECK: :[[@LINE+1]]:3: warning: the awaitable is never awaited, so its work never starts [coro-discarded-task]
  co_await request.then([] { return lookup(); });
}

mini::task<int> good_continuation(Request request) {
  co_return co_await co_await request.then([] { return lookup(); });
}

seastar::future<> good_flattened() {
  return seastar::make_ready_future().then([] { return seastar::make_ready_future(); });
}

/// What makes tasks is no task.
mini::task<std::function<mini::task<int>()>> good_factory() { co_return lookup; }
