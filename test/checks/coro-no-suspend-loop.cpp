// coro-no-suspend-loop.cpp - loops that go round without suspending
// RUN: %findings --strict --check=coro-no-suspend-loop %s %flags | %expect %s

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <aio/aio.h>

#include "cppcoro_mock.h"
#include "task_mock.h"

using namespace std::chrono_literals;

std::atomic<bool> stop, ready;
void step();
bool finished();

template <class T> struct Queue {
  bool try_pop(T &out);
  bool empty() const;
  T pop();
};

// Loops without end

aio::Coro<> bad_endless() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop never ends and never suspends; once coroutine 'bad_endless' is here, nothing else runs on the event loop [coro-no-suspend-loop]
  while (true)
    step();
  co_return;
}

mini::task<> bad_endless_for() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop never ends and never suspends; once coroutine 'bad_endless_for' is here, {{.*}} [coro-no-suspend-loop]
  for (;;) {
    step();
  }
  co_return;
}

aio::Coro<> bad_endless_do() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop never ends and never suspends; {{.*}} [coro-no-suspend-loop]
  do {
    step();
  } while (1);
  co_return;
}

aio::Coro<> bad_await_that_never_suspends() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop never ends and never suspends; {{.*}} [coro-no-suspend-loop]
  for (;;) {
    step();
    co_await std::suspend_never{};
  }
}

auto bad_lambda = []() -> aio::Coro<> {
  // CHECK: :[[@LINE+1]]:3: warning: this loop never ends and never suspends; once coroutine lambda is here, {{.*}} [coro-no-suspend-loop]
  for (;;)
    step();
  co_return;
};

aio::Coro<> good_endless() {
  while (true) {
    step();
    co_await aio::sleep(0s);
  }
}

mini::generator<int> good_generator() {
  for (int next = 0;; ++next)
    co_yield next;
}

void good_plain_function() {
  while (true)
    step();
}

// Loops that wait

aio::Coro<> bad_spin() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop waits without suspending; what it waits for cannot happen on the event loop meanwhile [coro-no-suspend-loop]
  while (!ready.load()) {
  }
  co_return;
}

aio::Coro<> bad_spin_with_yield() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop waits without suspending; {{.*}} [coro-no-suspend-loop]
  while (!ready)
    std::this_thread::yield();
  co_return;
}

aio::Coro<> bad_spin_with_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop waits without suspending; {{.*}} [coro-no-suspend-loop]
  while (!ready)
    std::this_thread::sleep_for(1ms);
  co_return;
}

aio::Coro<> bad_try_pop(Queue<int> &queue) {
  int value = 0;
  // CHECK: :[[@LINE+1]]:3: warning: this loop waits without suspending; {{.*}} [coro-no-suspend-loop]
  while (!queue.try_pop(value))
    std::this_thread::yield();
  co_return;
}

aio::Coro<> handle(int value);

aio::Coro<> bad_continue(Queue<int> &queue) {
  // CHECK: :[[@LINE+1]]:3: warning: this loop waits without suspending; {{.*}} [coro-no-suspend-loop]
  while (true) {
    if (queue.empty())
      continue;
    co_await handle(queue.pop());
  }
}

aio::Coro<> bad_task_is_not_done() {
  auto task = aio::create_task(handle(1));
  // CHECK: :[[@LINE+1]]:3: warning: this loop waits without suspending; {{.*}} [coro-no-suspend-loop]
  while (!task.done())
    ;
  co_await task;
}

aio::Coro<> good_drain(Queue<int> &queue) {
  while (!queue.empty())
    co_await handle(queue.pop());
}

aio::Coro<> good_try_pop_and_return(Queue<int> &queue) {
  int value = 0;
  while (!queue.try_pop(value))
    co_return;
  co_await handle(value);
}

aio::Coro<> good_await_in_the_condition(aio::Queue<int> &queue) {
  while (co_await queue.get() != 0) {
  }
}

// A handle whose methods are all const.
struct Writer {
  std::size_t buffered() const;
  void write(std::string text) const;
};

aio::Coro<> good_fill(Writer writer) {
  while (writer.buffered() == 0)
    writer.write("more");
  co_return;
}

aio::Coro<> good_state_machine() {
  enum { Wait, Work } state = Wait;
  for (;;) {
    switch (state) {
    case Wait:
      co_await aio::sleep(1s);
      state = Work;
      break;
    case Work:
      step();
      state = Wait;
      break;
    }
  }
}

aio::Coro<> good_inner_loop(std::vector<int> &values) {
  while (true) {
    for (int value : values)
      co_await handle(value);
  }
}

aio::Coro<> good_inner_count(int count) {
  while (!stop) {
    for (int i = 0; i < count; ++i)
      co_await handle(i);
  }
}

// Loops that end when something happens

std::optional<int> next_job();
void run(int job);

aio::Coro<> bad_worker() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop goes on without suspending until something ends it; nothing else runs on the event loop meanwhile [coro-no-suspend-loop]
  while (true) {
    auto job = next_job();
    if (!job)
      break;
    run(*job);
  }
  co_return;
}

// Loops that count

aio::Coro<long> bad_count() {
  long sum = 0;
  // CHECK: :[[@LINE+1]]:3: warning: this loop counts far without suspending; nothing else runs on the event loop meanwhile [coro-no-suspend-loop]
  for (long i = 0; i < 1'000'000'000; ++i)
    sum += i;
  co_return sum;
}

aio::Coro<long> bad_nested_count() {
  long sum = 0;
  // CHECK: :[[@LINE+2]]:5: warning: this loop counts far without suspending; {{.*}} [coro-no-suspend-loop]
  for (int i = 0; i < 10'000; ++i)
    for (int j = 0; j < 10'000; ++j)
      sum += i * j;
  co_return sum;
}

aio::Coro<long> good_counts(const std::vector<int> &values, std::string text) {
  long sum = 0;
  for (int i = 0; i < 100; ++i)
    sum += i;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum += values[i];
  for (int value : values)
    sum += value;
  while (!text.empty())
    text.pop_back();
  for (long i = 0; i < 1'000'000'000; ++i) {
    sum += i;
    if (i % 1000 == 0)
      co_await aio::sleep(0s);
  }
  co_return sum;
}

// On a pool it may take long

cppcoro::task<> good_on_a_pool(cppcoro::static_thread_pool &pool) {
  co_await pool.schedule();
  while (!ready)
    std::this_thread::yield();
}

// The work is done by what is called

void work_for_long();
aio::Coro<> known_miss_loop_in_callee() {
  work_for_long();
  co_return;
}

// An await that is always ready starves the others as well
aio::Coro<> known_miss_always_ready(aio::Event &event) {
  event.set();
  while (true)
    co_await event.wait();
}
