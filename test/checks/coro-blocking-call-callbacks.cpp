// coro-blocking-call-callbacks.cpp - where a callable runs decides
//
// RUN: %findings %s %flags | %expect %s

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <ranges>
#include <thread>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;

void nap() { std::this_thread::sleep_for(10ms); }
// CHECK: :[[@LINE+1]]:29: warning: call of 'nap' blocks the event loop in callback 'bad_named_callback': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
void bad_named_callback() { nap(); }

// Callables given to the loop, by whoever it is

void bad_aio_callbacks(aio::Loop &loop, aio::Task<> task, aio::Future<int> future) {
  // CHECK: :[[@LINE+1]]:23: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_aio_callbacks': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  loop.call_soon([] { nap(); });
  // CHECK: :[[@LINE+1]]:34: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_aio_callbacks': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  loop.call_soon_threadsafe([] { nap(); });
  // CHECK: :[[@LINE+1]]:28: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_aio_callbacks': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  loop.call_later(1s, [] { nap(); });
  loop.call_soon(bad_named_callback);
  // CHECK: :[[@LINE+1]]:46: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_aio_callbacks': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  task.add_done_callback([](aio::Task<> &) { nap(); });
  // CHECK: :[[@LINE+1]]:53: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_aio_callbacks': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  future.add_done_callback([](aio::Future<int> &) { nap(); });
}

void bad_asio_handlers(asio::io_context &context, asio::steady_timer &timer) {
  // CHECK: :[[@LINE+1]]:28: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_asio_handlers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  asio::post(context, [] { nap(); });
  // CHECK: :[[@LINE+1]]:47: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_asio_handlers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  asio::dispatch(context.get_executor(), [] { nap(); });
  // CHECK: :[[@LINE+1]]:43: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_asio_handlers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  timer.async_wait([](asio::error_code) { nap(); });
}

void good_quick_callbacks(aio::Loop &loop, asio::io_context &context) {
  loop.call_soon([] {});
  asio::post(context, [] {});
}

// Through helpers of one's own

void later(aio::Loop &loop, std::function<void()> action) {
  loop.call_soon([action = std::move(action)] { action(); });
}
void later_copied(aio::Loop &loop, std::function<void()> action) {
  loop.call_soon([action] { action(); });
}
template <class Action> void later_forwarded(aio::Loop &loop, Action &&action) {
  loop.call_soon(std::forward<Action>(action));
}
void now(const std::function<void()> &action) { action(); }
void in_a_thread(std::function<void()> action) { std::thread(action).detach(); }

void bad_helpers(aio::Loop &loop) {
  // CHECK: :[[@LINE+1]]:20: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_helpers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  later(loop, [] { nap(); });
  // CHECK: :[[@LINE+1]]:27: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_helpers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  later_copied(loop, [] { nap(); });
  // CHECK: :[[@LINE+1]]:30: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_helpers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  later_forwarded(loop, [] { nap(); });
}

void good_helpers() {
  in_a_thread([] { nap(); });
  now([] { nap(); });
}

// A lambda is a function of its own

aio::Coro<> bad_called_at_once() {
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_called_at_once' blocks the event loop in coroutine 'bad_called_at_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  [] { nap(); }();
  auto pause = [] { nap(); };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_called_at_once' blocks the event loop in coroutine 'bad_called_at_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  pause();
  auto nested = [&] { return [&] { pause(); }; };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_called_at_once' blocks the event loop in coroutine 'bad_called_at_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nested()();
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_called_at_once' blocks the event loop in coroutine 'bad_called_at_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  now([] { nap(); });
  co_return;
}

aio::Coro<> bad_algorithms(std::vector<int> numbers) {
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_algorithms' blocks the event loop in coroutine 'bad_algorithms': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::for_each(numbers.begin(), numbers.end(), [](int) { nap(); });
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_algorithms' blocks the event loop in coroutine 'bad_algorithms': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::ranges::for_each(numbers, [](int) { nap(); });
  // CHECK: :[[@LINE+1]]:31: warning: call of lambda in 'bad_algorithms' blocks the event loop in coroutine 'bad_algorithms': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  for (int number : numbers | std::views::filter([](int) { return nap(), true; }))
    (void)number;
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_algorithms' blocks the event loop in coroutine 'bad_algorithms': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::sort(numbers.begin(), numbers.end(), [](int a, int b) { return nap(), a < b; });
  co_return;
}

aio::Coro<> good_offloaded(aio::Loop &loop) {
  co_await aio::to_thread([] { nap(); });
  co_await aio::to_thread(nap);
  co_await loop.run_in_executor(nullptr, [] { nap(); });
  std::thread([] { nap(); }).detach();
  std::thread worker(nap);
  worker.detach();
}

aio::Coro<> good_stored(std::vector<std::function<void()>> &jobs) {
  auto job = [] { nap(); };
  jobs.push_back(job);
  std::function<void()> kept = job;
  jobs.push_back(kept);
  co_return;
}

// A callable that a coroutine calls runs on the loop, wherever it was made.
aio::Coro<> runs(std::function<void()> action) {
  action();
  co_return;
}

void bad_given_to_a_coroutine(aio::Loop &loop) {
  // CHECK: :[[@LINE+1]]:30: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_given_to_a_coroutine': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  loop.create_task(runs([] { nap(); }));
}

// A parameter of the function around a lambda is not a parameter of the lambda.
void good_numbers(int first, aio::Loop &loop) {
  auto wait = [&](int) { std::this_thread::sleep_for(std::chrono::seconds(first)); };
  std::thread(wait, 0).detach();
  loop.call_soon([] {});
}

// An operation in steps hands itself on.
struct bad_operation {
  asio::steady_timer &timer;
  void operator()(asio::error_code = {}) {
    // CHECK: :[[@LINE+1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop in callback 'bad_operation::operator()' [coro-blocking-call]
    std::this_thread::sleep_for(10ms);
    timer.async_wait(std::move(*this));
  }
};

// An object that is called with very many types: which of the calls an algorithm
// makes is not looked at.
template <int> struct tag {};
struct customisation_point {
  template <int I> void operator()(tag<I>) const { nap(); }
};
inline constexpr customisation_point connect{};

template <int... I> void each_of(std::integer_sequence<int, I...>) { (connect(tag<I>()), ...); }
void many() { each_of(std::make_integer_sequence<int, 17>()); }

aio::Coro<> known_miss_very_many_instances() {
  std::invoke(connect, tag<3>()); // a tag, most often
  co_return;
}
