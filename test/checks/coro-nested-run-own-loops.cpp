// coro-nested-run-own-loops.cpp - event loops that the project has written itself
//
// RUN: %findings %s %flags | %expect %s

#include <atomic>
#include <chrono>
#include <coroutine>
#include <thread>
#include <vector>

#include "task_mock.h"

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(1ms); }

class Runner {
public:
  // Nothing else could run meanwhile: it is no blocking call of a coroutine that
  // runs elsewhere.
  void run() {
    while (!ready.empty()) {
      run_ready();
      std::this_thread::sleep_for(1ms);
    }
  }
  void run_by_jumps() {
  again:
    run_ready();
    if (ready.empty())
      return;
    std::this_thread::sleep_for(1ms);
    goto again;
  }
  void run_one() {
    for (auto handle : ready)
      handle();
    std::this_thread::sleep_for(1ms);
  }

private:
  void run_ready() {
    auto handle = ready.back();
    ready.pop_back();
    handle.resume();
  }
  std::vector<std::coroutine_handle<>> ready;
};

mini::task<> bad_nested(Runner &runner) {
  // CHECK: :[[@LINE+1]]:10: warning: call of 'Runner::run' runs an event loop inside the running one, in coroutine 'bad_nested'
  runner.run();
  // CHECK: :[[@LINE+1]]:10: warning: call of 'Runner::run_by_jumps' runs an event loop inside the running one, in coroutine 'bad_nested'
  runner.run_by_jumps();
  co_return;
}
mini::task<> bad_sleep_beside_the_loop(Runner &runner) {
  // CHECK: :[[@LINE+1]]:10: warning: call of 'Runner::run_one' blocks the event loop in coroutine 'bad_sleep_beside_the_loop'
  runner.run_one();
  co_return;
}
// A generator is one coroutine, and no loop.
class Numbers {
public:
  struct promise_type {
    Numbers get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int value);
    void unhandled_exception();
    void return_void();
  };
  bool next() {
    handle.resume();
    return !handle.done();
  }

private:
  std::coroutine_handle<promise_type> handle;
};
void each(Numbers numbers) {
  while (numbers.next())
    std::this_thread::sleep_for(1ms);
}
mini::task<> bad_generator(Numbers numbers) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'each' blocks the event loop in coroutine 'bad_generator'
  each(numbers);
  co_return;
}
mini::task<> bad_loop_without_coroutines(int count) {
  while (count-- > 0) {
    // CHECK: :[[@LINE+1]]:5: warning: call of 'nap' blocks the event loop in coroutine 'bad_loop_without_coroutines'
    nap();
  }
  co_return;
}

int good_main() {
  Runner runner;
  runner.run();
  return 0;
}
