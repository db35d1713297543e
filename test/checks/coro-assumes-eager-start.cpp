// coro-assumes-eager-start.cpp - values that are read before their writer runs
// RUN: %findings --strict --check=coro-assumes-eager-start %s %flags | %expect %s

#include <atomic>
#include <cassert>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

using namespace std::chrono_literals;

void log(int number);
void show(const std::string &text);
int slowly();

aio::Coro<> count(int &total) {
  ++total;
  co_return;
}
aio::Coro<> fill(std::vector<int> *all) {
  (*all).push_back(1);
  co_return;
}
aio::Coro<> greet(std::string &text) {
  co_await aio::sleep(1s);
  text += "hello";
}
aio::Coro<int> look(const int &total) { co_return total; }
mini::task<> mark(bool &done) {
  done = true;
  co_return;
}
mini::job<> hurry(bool &done) {
  done = true;
  co_return;
}

// Read too early

aio::Coro<> bad_lambda() {
  bool started = false;
  // CHECK: :[[@LINE+6]]:7: warning: 'started' is read before lambda in 'bad_lambda' can have written it; the task first runs when this coroutine suspends [coro-assumes-eager-start]
  // CHECK: :[[@LINE+1]]:15: note: spawned here
  auto task = aio::create_task([&]() -> aio::Coro<> {
    started = true; // CHECK: :[[@LINE]]:5: note: written here, later
    co_return;
  }());
  if (started)
    log(1);
  co_await task;
}

aio::Coro<> bad_reference_parameter() {
  int total = 0;
  auto task = aio::create_task(count(total));
  // CHECK: :[[@LINE+1]]:7: warning: 'total' is read before 'count' can have written it
  log(total);
  co_await task;
}

aio::Coro<> bad_pointer_and_container() {
  std::vector<int> all;
  auto task = aio::create_task(fill(&all));
  // CHECK: :[[@LINE+1]]:21: warning: 'all' is read before 'fill' can have written it
  for (int number : all)
    log(number);
  co_await task;
}

aio::Coro<> bad_named_lambda_with_arguments() {
  std::string text;
  auto work = [](std::string &to) -> aio::Coro<> {
    to = "done";
    co_return;
  };
  auto task = aio::create_task(work, std::ref(text));
  // CHECK: :[[@LINE+1]]:8: warning: 'text' is read before lambda in
  show(text);
  co_await task;
}

aio::Coro<> bad_group() {
  co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
    std::string text;
    group.create_task(greet(text));
    // CHECK: :[[@LINE+1]]:9: warning: 'text' is read before 'greet' can have written it
    log(text.size());
    co_return;
  });
}

struct Service {
  bool running = false;
  aio::Coro<> serve() {
    running = true;
    co_await aio::sleep(1s);
  }
  aio::Coro<> bad_member() {
    auto task = aio::create_task(serve());
    // CHECK: :[[@LINE+1]]:10: warning: 'running' is read before 'Service::serve' can have written it
    if (!running)
      log(0);
    co_await task;
  }
};

mini::task<> bad_lazy_task() {
  bool done = false;
  // CHECK: :[[@LINE+3]]:7: warning: 'done' is read before 'mark' can have written it; the task first runs when it is awaited
  // CHECK: :[[@LINE+1]]:15: note: made here, and not started
  auto work = mark(done);
  if (done)
    log(1);
  co_await std::move(work);
}

aio::Coro<> bad_atomic() {
  std::atomic<bool> ready = false;
  auto task = aio::create_task([](std::atomic<bool> &flag) -> aio::Coro<> {
    flag.store(true);
    co_return;
  }(ready));
  // CHECK: :[[@LINE+1]]:7: warning: 'ready' is read before
  if (ready.load())
    log(1);
  co_await task;
}

// After a suspension, or not what the child writes

aio::Coro<> good_after_await() {
  int total = 0;
  auto task = aio::create_task(count(total));
  co_await task;
  log(total);
  auto other = aio::create_task(count(total));
  co_await aio::sleep(0s);
  log(total);
}

aio::Coro<> good_read_before_spawn() {
  int total = 0;
  log(total);
  co_await aio::create_task(count(total));
}

aio::Coro<> good_child_only_reads() {
  int total = 0;
  auto task = aio::create_task(look(total));
  log(total);
  co_await task;
}

aio::Coro<> good_child_has_a_copy() {
  int total = 0;
  auto task = aio::create_task([total]() mutable -> aio::Coro<> {
    ++total;
    co_return;
  });
  log(total);
  co_await task;
}

mini::task<> good_eager_task() {
  bool done = false;
  auto job = hurry(done);
  if (done)
    log(1);
  co_await std::move(job);
}

aio::Coro<> good_counted_by_both() {
  int active = 0;
  std::vector<aio::Task<>> tasks;
  for (int number = 0; number < 10; ++number) {
    ++active;
    tasks.push_back(aio::create_task([&]() -> aio::Coro<> {
      --active;
      co_return;
    }));
    log(active);
  }
  co_await aio::gather(tasks);
}

aio::Coro<> good_polls() {
  bool done = false;
  auto task = aio::create_task([&]() -> aio::Coro<> {
    done = true;
    co_return;
  });
  while (!done)
    co_await aio::sleep(1ms);
  co_await task;
}

aio::Coro<> good_waits_when_not_done() {
  bool done = false;
  auto task = aio::create_task([&]() -> aio::Coro<> {
    done = true;
    co_return;
  });
  if (!done)
    co_await task;
}

aio::Coro<> good_asserts_that_nothing_runs() {
  bool done = false;
  auto task = aio::create_task([&]() -> aio::Coro<> {
    done = true;
    co_return;
  });
  assert(!done);
  co_await task;
}

aio::Coro<> good_passed_on_by_reference() {
  int total = 0;
  auto first = aio::create_task(count(total));
  auto second = aio::create_task(count(total));
  auto third = aio::create_task(look(total));
  int &alias = total;
  co_await aio::gather(first, second, third);
  log(alias);
}

void init(int &total);
aio::Coro<> good_written_by_a_function() {
  int total = 0;
  init(total);
  auto task = aio::create_task(count(total));
  log(total);
  co_await task;
}

// What is not seen

aio::Coro<> known_miss_alias() {
  int total = 0;
  int &alias = total;
  auto task = aio::create_task(count(total));
  log(alias);
  co_await task;
}

aio::Coro<> known_miss_written_by_what_the_child_calls() {
  int total = 0;
  auto task = aio::create_task([&]() -> aio::Coro<> { co_await count(total); });
  log(total);
  co_await task;
}
