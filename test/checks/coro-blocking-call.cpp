// coro-blocking-call.cpp - blocking functions called directly on the loop
//
// RUN: %findings %s %flags | %expect %s

#include <atomic>
#include <barrier>
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstdlib>
#include <iostream>
#include <latch>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <aio/aio.h>

#include "gtest_macros.h"
#include "installed_macros.h"
#include "task_mock.h"

using namespace std::chrono_literals;

// Every kind of function that runs on the loop

aio::Coro<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(10ms);
  co_return;
}

aio::Coro<> good_sleep() { co_await aio::sleep(10ms); }

void good_sleep_in_a_plain_function() { std::this_thread::sleep_for(10ms); }

mini::task<> bad_task_that_no_model_knows() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_task_that_no_model_knows' [coro-blocking-call]
  std::this_thread::sleep_for(10ms);
  co_return;
}

mini::job<> bad_eager_task() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_eager_task' [coro-blocking-call]
  std::this_thread::sleep_for(10ms);
  co_return;
}

mini::task<> bad_task_wrapper() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in 'bad_task_wrapper', which returns a task [coro-blocking-call]
  std::this_thread::sleep_for(10ms);
  return bad_task_that_no_model_knows();
}

struct fire_and_forget {
  struct promise_type {
    fire_and_forget get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
};

fire_and_forget bad_detached() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_detached' [coro-blocking-call]
  std::this_thread::sleep_for(10ms);
  co_return;
}

// A generator runs where its reader runs: that may be any thread.
mini::generator<int> good_generator() {
  std::this_thread::sleep_for(10ms);
  co_yield 1;
}

// Many ways to block

aio::Coro<> bad_waits_for_others(std::thread &worker, std::latch &latch,
                                 std::binary_semaphore &semaphore,
                                 std::condition_variable &changed,
                                 std::unique_lock<std::mutex> &held) {
  // CHECK: :[[@LINE+1]]:10: warning: 'std::thread::join' blocks the event loop in coroutine 'bad_waits_for_others' [coro-blocking-call]
  worker.join();
  // CHECK: :[[@LINE+1]]:9: warning: 'std::latch::wait' blocks the event loop in coroutine 'bad_waits_for_others' [coro-blocking-call]
  latch.wait();
  // CHECK: :[[@LINE+1]]:13: warning: 'std::counting_semaphore::acquire' blocks the event loop in coroutine 'bad_waits_for_others' [coro-blocking-call]
  semaphore.acquire();
  // CHECK: :[[@LINE+1]]:11: warning: 'std::condition_variable::wait' blocks the event loop in coroutine 'bad_waits_for_others' [coro-blocking-call]
  changed.wait(held);
  co_return;
}

aio::Coro<> good_asks_others(std::latch &latch, std::binary_semaphore &semaphore) {
  latch.count_down();
  (void)latch.try_wait();
  (void)semaphore.try_acquire();
  semaphore.release();
  co_return;
}

aio::Coro<> bad_waits_for_a_child(pid_t child) {
  int status = 0;
  // CHECK: :[[@LINE+1]]:3: warning: 'waitpid' blocks the event loop in coroutine 'bad_waits_for_a_child' [coro-blocking-call]
  waitpid(child, &status, 0);
  // CHECK: :[[@LINE+1]]:3: warning: 'system' blocks the event loop in coroutine 'bad_waits_for_a_child' [coro-blocking-call]
  std::system("true");
  co_return;
}

aio::Coro<> good_asks_for_a_child(pid_t child) {
  int status = 0;
  waitpid(child, &status, WNOHANG);
  co_return;
}

aio::Coro<std::string> bad_terminal() {
  std::string line;
  // CHECK: :[[@LINE+1]]:3: warning: 'std::getline' blocks the event loop in coroutine 'bad_terminal' [coro-blocking-call]
  std::getline(std::cin, line);
  co_return line;
}

aio::Coro<> good_log() {
  std::cout << "started" << std::endl;
  co_return;
}

// Calls that block only with some arguments

aio::Coro<> bad_poll(pollfd *set) {
  // CHECK: :[[@LINE+1]]:3: warning: 'poll' blocks the event loop in coroutine 'bad_poll' [coro-blocking-call]
  poll(set, 1, -1);
  constexpr int a_second = 1000;
  // CHECK: :[[@LINE+1]]:3: warning: 'poll' blocks the event loop in coroutine 'bad_poll' [coro-blocking-call]
  poll(set, 1, a_second);
  co_return;
}

aio::Coro<> good_poll(pollfd *set) {
  poll(set, 1, 0);
  constexpr int none = 0;
  poll(set, 1, none);
  co_return;
}

aio::Coro<> good_zero_sleep() {
  std::this_thread::sleep_for(0ms);
  std::this_thread::sleep_for(std::chrono::seconds{});
  std::this_thread::yield();
  co_return;
}

aio::Coro<> good_wait_for_nothing(std::condition_variable &changed,
                                  std::unique_lock<std::mutex> &held) {
  changed.wait_for(held, 0s);
  changed.wait(held, [] { return true; });
  co_return;
}

// What never runs, or ends the program

aio::Coro<> good_unreachable() {
  if constexpr (sizeof(int) > 64)
    std::this_thread::sleep_for(10ms);
  if (false)
    std::this_thread::sleep_for(10ms);
  co_return;
  std::this_thread::sleep_for(10ms);
}

aio::Coro<> bad_constant_condition() {
  if constexpr (sizeof(int) == 4)
    // CHECK: :[[@LINE+1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_constant_condition' [coro-blocking-call]
    std::this_thread::sleep_for(10ms);
  co_return;
}

aio::Coro<> good_last_words(bool broken) {
  if (broken) {
    std::this_thread::sleep_for(10ms);
    std::abort();
  }
  assert(!broken && "never");
  co_return;
}

aio::Coro<> good_not_evaluated() {
  using Type = decltype(std::this_thread::sleep_for(10ms));
  static_assert(noexcept(sleep(1)) || true);
  co_return static_cast<Type>(0);
}

aio::Coro<> bad_in_a_handler(bool broken) {
  try {
    if (broken)
      throw 1;
  } catch (int) {
    // CHECK: :[[@LINE+1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_in_a_handler' [coro-blocking-call]
    std::this_thread::sleep_for(10ms);
  }
  co_return;
}

// Macros

#define PAUSE() std::this_thread::sleep_for(10ms)
#define TWICE(statement) statement, statement

aio::Coro<> bad_macro() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_macro' [coro-blocking-call]
  PAUSE();
  // CHECK: :[[@LINE+1]]:9: warning: 'sleep' blocks the event loop in coroutine 'bad_macro' [coro-blocking-call]
  TWICE(sleep(1));
  co_return;
}

// The first steps of a program delay nobody

aio::Coro<> bad_main_task() {
  fsync(3);
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_main_task' [coro-blocking-call]
  std::this_thread::sleep_for(1ms);
  co_await aio::sleep(1ms);
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_main_task' [coro-blocking-call]
  std::this_thread::sleep_for(2ms);
}

aio::Coro<> bad_main_task_that_starts_nothing() {
  // CHECK: :[[@LINE+1]]:3: warning: 'fsync' blocks the event loop in coroutine 'bad_main_task_that_starts_nothing' [coro-blocking-call]
  fsync(3);
  co_return;
}

aio::Coro<> bad_main_task_that_spawns() {
  fsync(3);
  aio::Task<> other = aio::create_task(good_sleep());
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_main_task_that_spawns' [coro-blocking-call]
  std::this_thread::sleep_for(2ms);
  co_await other;
}

int good_main() {
  std::this_thread::sleep_for(1ms);
  aio::run(bad_main_task());
  aio::run(bad_main_task_that_starts_nothing());
  aio::run(bad_main_task_that_spawns());
  return 0;
}

int good_global = (std::this_thread::sleep_for(1ms), 1);

aio::Coro<> bad_waits_in_other_words(std::barrier<> &barrier, std::latch &latch,
                                     std::atomic<int> &number) {
  // CHECK: :[[@LINE+1]]:11: warning: 'std::barrier::arrive_and_wait' blocks the event loop in coroutine 'bad_waits_in_other_words' [coro-blocking-call]
  barrier.arrive_and_wait();
  // CHECK: :[[@LINE+1]]:9: warning: 'std::latch::arrive_and_wait' blocks the event loop in coroutine 'bad_waits_in_other_words' [coro-blocking-call]
  latch.arrive_and_wait();
  // CHECK: :[[@LINE+1]]:10: warning: 'std::atomic::wait' blocks the event loop in coroutine 'bad_waits_in_other_words' [coro-blocking-call]
  number.wait(1);
  co_return;
}

void nap() { std::this_thread::sleep_for(10ms); }

aio::Coro<> bad_temporary_thread() {
  // CHECK: :[[@LINE+1]]:20: warning: 'std::thread::join' blocks the event loop in coroutine 'bad_temporary_thread' [coro-blocking-call]
  std::thread(nap).join();
  // CHECK: :[[@LINE+1]]:20: warning: 'std::thread::join' blocks the event loop in coroutine 'bad_temporary_thread' [coro-blocking-call]
  std::thread{nap}.join();
  co_return;
}

// An await shows its operand to the compiler more than once

aio::Coro<int> fetch(int number);
int measure() {
  nap();
  return 1;
}
struct transforming {
  struct promise_type {
    transforming get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always await_transform(int number);
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

aio::Coro<> bad_operand() {
  // CHECK: :[[@LINE+1]]:18: warning: call of 'measure' blocks the event loop in coroutine 'bad_operand': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  co_await fetch(measure());
}
transforming bad_transformed_operand() {
  // CHECK: :[[@LINE+1]]:12: warning: call of 'measure' blocks the event loop in coroutine 'bad_transformed_operand': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  co_await measure();
}

// Macros of installed libraries, and of tests

aio::Coro<> bad_macro_of_a_library() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_macro_of_a_library' [coro-blocking-call]
  LIBRARY_PAUSE();
  // CHECK: :[[@LINE+1]]:15: warning: call of 'nap' blocks the event loop in coroutine 'bad_macro_of_a_library': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  LIBRARY_RUN(nap());
  // CHECK: :[[@LINE+1]]:23: warning: call of 'measure' blocks the event loop in coroutine 'bad_macro_of_a_library': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  LIBRARY_AWAIT(fetch(measure()));
}

// The statement runs in a child that dies.
aio::Coro<> good_death_test() {
  EXPECT_DEATH(nap(), "");
  EXPECT_DEATH(
      {
        nap();
        std::this_thread::sleep_for(10ms);
      },
      "");
  co_return;
}

aio::Coro<> good_other_program(char **arguments) {
  if (fork() == 0) {
    nap();
    execv(arguments[0], arguments);
  }
  co_return;
}

aio::Coro<> bad_perhaps_another_program(char **arguments) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_perhaps_another_program': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  if (arguments)
    execv(arguments[0], arguments);
  co_return;
}

aio::Coro<> bad_other_test() {
  // CHECK: :[[@LINE+1]]:19: warning: call of 'nap' blocks the event loop in coroutine 'bad_other_test': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  EXPECT_NO_THROW(nap());
  co_return;
}

aio::Coro<> good_other_build() {
#ifdef WITH_PAUSES
  nap();
#endif
  co_return;
}
