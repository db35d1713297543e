// coro-busy-wait.cpp - loops that sleep until something has changed
//
// RUN: %findings --check=coro-busy-wait %s %flags | %expect %s

#include <aio/aio.h>

#include <atomic>
#include <filesystem>
#include <queue>
#include <stdexcept>
#include <string>

#include "asio_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;

bool ready;
std::queue<int> jobs;
aio::Coro<> work();
void handle(int job);
bool device_is_up();

aio::Coro<> bad_global_flag() {
  // CHECK: :[[@LINE+3]]:3: warning: this loop sleeps until something has changed: it wakes up in vain, and notices the change late [coro-busy-wait]
  // CHECK-NEXT: :[[@LINE+2]]:10: note: asked each time
  // CHECK-NEXT: :[[@LINE+2]]:5: note: sleeps here
  while (!ready)
    co_await aio::sleep(10ms);
}

aio::Coro<> bad_by_reference(const bool &done) {
  // CHECK: :[[@LINE+1]]:3: warning: this loop sleeps until something has changed
  while (!done) {
    co_await aio::sleep(0ms);
  }
}

aio::Coro<> bad_yield(std::atomic<bool> &done) {
  // CHECK: :[[@LINE+1]]:3: warning: this loop sleeps until something has changed
  while (!done.load())
    co_await aio::yield();
}

aio::Coro<> bad_leaves_from_inside() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop sleeps until something has changed
  for (;;) {
    if (ready)
      break;
    co_await aio::sleep(1ms);
  }
}

aio::Coro<> bad_do_while() {
  // CHECK: :[[@LINE+1]]:3: warning: this loop sleeps until something has changed
  do {
    co_await aio::sleep(1ms);
  } while (jobs.empty());
  handle(jobs.front());
}

aio::Coro<> bad_task() {
  auto task = aio::create_task(work());
  // CHECK: :[[@LINE+1]]:3: warning: this loop sleeps until a task is done: it wakes up in vain, and notices the end late
  while (!task.done())
    co_await aio::sleep(10ms);
}

aio::Coro<> bad_with_a_limit() {
  int tries = 0;
  // CHECK: :[[@LINE+1]]:3: warning: this loop sleeps until something has changed
  while (!ready) {
    if (++tries > 100)
      throw std::runtime_error("not ready");
    co_await aio::sleep(10ms);
  }
}

struct Pump {
  aio::Coro<> bad_member() {
    // CHECK: :[[@LINE+1]]:5: warning: this loop sleeps until something has changed
    while (pending_ != 0)
      co_await aio::sleep(5ms);
  }
  aio::Coro<> bad_question() {
    // CHECK: :[[@LINE+1]]:5: warning: this loop sleeps until something has changed
    while (!idle())
      co_await aio::sleep(5ms);
  }
  bool idle() const { return pending_ == 0; }
  int pending_ = 0;
};

asio::awaitable<void> bad_asio_timer(asio::steady_timer &timer, const bool &done) {
  // CHECK: :[[@LINE+1]]:3: warning: this loop sleeps until something has changed
  while (!done) {
    timer.expires_after(10ms);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

aio::Coro<> uses() {
  bool done = false;
  auto bad_lambda = [&]() -> aio::Coro<> {
    // CHECK: :[[@LINE+1]]:5: warning: this loop sleeps until something has changed
    while (!done)
      co_await aio::sleep(1ms);
  };
  co_await bad_lambda();
}

aio::Coro<> good_event(aio::Event &done) { co_await done.wait(); }

aio::Coro<> good_counts() {
  for (int i = 0; i < 3; ++i)
    co_await aio::sleep(1s);
}

// Nobody in the program can tell when these change.
aio::Coro<> good_state_of_the_world(const std::filesystem::path &file) {
  while (!std::filesystem::exists(file))
    co_await aio::sleep(1s);
  while (!device_is_up())
    co_await aio::sleep(1s);
}

aio::Coro<> good_backs_off() {
  auto pause = 1ms;
  while (!ready) {
    co_await aio::sleep(pause);
    pause *= 2;
  }
}

aio::Coro<> good_watchdog() {
  while (!ready) {
    co_await aio::sleep(1s);
    handle(0);
  }
}

aio::Coro<> good_works_each_time() {
  while (!jobs.empty()) {
    handle(jobs.front());
    jobs.pop();
    co_await aio::yield();
  }
}

aio::Coro<> good_awaits_work() {
  while (!ready) {
    co_await work();
    co_await aio::sleep(1s);
  }
}

aio::Coro<> good_forever() {
  while (true)
    co_await aio::sleep(1h);
}

// Not reported: the sleep is in a function that is awaited.
aio::Coro<> nap() { co_await aio::sleep(1ms); }
aio::Coro<> known_miss_sleep_in_a_callee() {
  while (!ready)
    co_await nap();
}
