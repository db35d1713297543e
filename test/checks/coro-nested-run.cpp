// coro-nested-run.cpp - event loops that run inside the running one
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <thread>

#include <aio/aio.h>

#include "asio_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;

aio::Coro<int> answer() { co_return 42; }

// Direct

// CHECK: :[[@LINE+1]]:38: warning: 'aio::run' runs an event loop inside the running one, in coroutine 'bad_run' [coro-nested-run]
aio::Coro<int> bad_run() { co_return aio::run(answer()); }

aio::Coro<int> bad_run_until_complete(aio::Loop &loop) {
  // CHECK: :[[@LINE+1]]:18: warning: 'aio::Loop::run_until_complete' runs an event loop inside the running one, in coroutine 'bad_run_until_complete' [coro-nested-run]
  co_return loop.run_until_complete(answer());
}

aio::Coro<> bad_run_forever(aio::Loop *loop) {
  // CHECK: :[[@LINE+1]]:9: warning: 'aio::Loop::run_forever' runs an event loop inside the running one, in coroutine 'bad_run_forever' [coro-nested-run]
  loop->run_forever();
  co_return;
}

aio::Coro<int> good_await() { co_return co_await answer(); }

int good_main() { return aio::run(answer()); }

// Through helpers that look like main

int start() { return aio::run(answer()); }
struct Application {
  virtual ~Application() = default;
  virtual int exec() = 0;
};
struct Server final : Application {
  int exec() override { return start(); }
};

// CHECK: :[[@LINE+1]]:41: warning: call of 'start' runs an event loop inside the running one, in coroutine 'bad_helper': it reaches 'aio::run' [coro-nested-run]
aio::Coro<int> bad_helper() { co_return start(); }

// CHECK: :[[@LINE+1]]:78: warning: call of 'Server::exec' runs an event loop inside the running one, in coroutine 'bad_virtual': it reaches 'aio::run' [coro-nested-run]
aio::Coro<int> bad_virtual(Application &application) { co_return application.exec(); }

void bad_callback(aio::Loop &loop) {
  // CHECK: :[[@LINE+1]]:23: warning: call of 'start' runs an event loop inside the running one, in callback lambda in 'bad_callback': it reaches 'aio::run' [coro-nested-run]
  loop.call_soon([] { start(); });
}

// Contexts of Asio: the running one, and one of the coroutine's own

asio::awaitable<void> bad_running_context(asio::io_context &context) {
  // CHECK: :[[@LINE+1]]:11: warning: 'boost::asio::io_context::run' runs an event loop inside the running one, in coroutine 'bad_running_context' [coro-nested-run]
  context.run();
  // CHECK: :[[@LINE+1]]:11: warning: 'boost::asio::io_context::run_one' runs an event loop inside the running one, in coroutine 'bad_running_context' [coro-nested-run]
  context.run_one();
  // CHECK: :[[@LINE+1]]:11: warning: 'boost::asio::io_context::run_for' runs an event loop inside the running one, in coroutine 'bad_running_context' [coro-nested-run]
  context.run_for(1s);
  co_return;
}

asio::awaitable<void> bad_own_context() {
  asio::io_context context;
  // CHECK: :[[@LINE+1]]:11: warning: 'boost::asio::io_context::run' runs another event loop in coroutine 'bad_own_context'; this one stops until it returns [coro-nested-run]
  context.run();
  co_return;
}

void drain() {
  asio::io_context context;
  context.run();
}

asio::awaitable<void> bad_helper_with_its_own_context() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'drain' runs another event loop in coroutine 'bad_helper_with_its_own_context': it reaches 'boost::asio::io_context::run'; this loop stops until it returns [coro-nested-run]
  drain();
  co_return;
}

asio::awaitable<void> good_poll(asio::io_context &context) {
  context.poll();
  context.poll_one();
  context.run_for(0s);
  context.stop();
  co_return;
}

// Another thread may run a loop

aio::Coro<> good_other_thread() {
  co_await aio::to_thread([] { return start(); });
  std::thread([] { start(); }).detach();
}

void good_threads(asio::io_context &context) {
  std::thread worker([&] { context.run(); });
  context.run();
  worker.join();
}

asio::awaitable<void> good_pool(asio::thread_pool &pool) {
  asio::post(pool, [] { drain(); });
  co_return;
}

// On purpose, and said so

aio::Coro<int> good_suppressed() {
  co_return aio::run(answer()); // NOLINT(coro-nested-run)
}

// Functions that ask where they are

int good_asks_the_loop(aio::Loop &loop) {
  if (loop.is_running())
    return 0;
  return loop.run_until_complete(answer());
}

bool on_a_loop() { return aio::running_loop_or_null() != nullptr; }

int good_asks_through_a_helper() {
  if (on_a_loop())
    throw aio::RuntimeError("await answer() instead");
  return aio::run(answer());
}

int asks_and_forgets(aio::Loop &loop) {
  if (loop.is_running())
    loop.stop();
  return loop.run_until_complete(answer());
}

int asks_the_wrong_way() { return aio::running_loop_or_null() ? aio::run(answer()) : 0; }

aio::Coro<int> bad_and_good_guards(aio::Loop &loop) {
  int sum = good_asks_the_loop(loop) + good_asks_through_a_helper();
  // CHECK: :[[@LINE+1]]:10: warning: call of 'asks_and_forgets' runs an event loop inside the running one, in coroutine 'bad_and_good_guards': it reaches 'aio::Loop::run_until_complete' [coro-nested-run]
  sum += asks_and_forgets(loop);
  // CHECK: :[[@LINE+1]]:10: warning: call of 'asks_the_wrong_way' runs an event loop inside the running one, in coroutine 'bad_and_good_guards': it reaches 'aio::run' [coro-nested-run]
  sum += asks_the_wrong_way();
  co_return sum;
}

// The main task may block before it suspends; a loop it may never run.
aio::Coro<int> bad_main_task() {
  // CHECK: :[[@LINE+1]]:13: warning: 'aio::run' runs an event loop inside the running one, in coroutine 'bad_main_task' [coro-nested-run]
  co_return aio::run(answer());
}

int runs_the_main_task() { return aio::run(bad_main_task()); }

// A test runs its own loop, and is on none.
void good_fixture() {
  asio::io_context context;
  asio::co_spawn(context, good_poll(context), asio::detached);
  context.run();
}
