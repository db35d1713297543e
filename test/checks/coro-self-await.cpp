// coro-self-await.cpp - tasks that wait for their own end
// RUN: %findings --strict --check=coro-self-await %s %flags | %expect %s

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <aio/aio.h>

using namespace std::chrono_literals;

bool enabled();
aio::Coro<> work();

// A task waits for itself

aio::Coro<> bad_captured() {
  aio::Task<> task;
  // CHECK: :[[@LINE+3]]:10: warning: 'task' waits for itself; it never ends [coro-self-await]
  // CHECK: :[[@LINE+3]]:5: note: it waits for its own end here
  // Nothing sets 'task' later: this is the task.
  task = aio::create_task([&]() -> aio::Coro<> {
    co_await task;
  });
  co_await aio::sleep(1s);
}

aio::Coro<> child(aio::Task<> &own) { co_await own; }

aio::Coro<> bad_reference_parameter() {
  // CHECK: :[[@LINE+1]]:22: warning: 'task' waits for itself
  aio::Task<> task = aio::create_task(child(task));
  co_await aio::sleep(1s);
}

aio::Coro<> bad_gathers_itself() {
  auto other = aio::create_task(work());
  aio::Task<> task;
  // CHECK: :[[@LINE+1]]:10: warning: 'task' waits for itself
  task = aio::create_task([&]() -> aio::Coro<> {
    co_await aio::gather(other, task);
  }());
  co_await aio::sleep(1s);
}

struct Service {
  aio::Task<> task_;
  std::optional<aio::Task<>> maybe_;

  void start() {
    // CHECK: :[[@LINE+1]]:13: warning: 'task_' waits for itself
    task_ = aio::create_task(run());
    // CHECK: :[[@LINE+1]]:14: warning: 'maybe_' waits for itself
    maybe_ = aio::create_task([this]() -> aio::Coro<> { co_await *maybe_; });
  }
  aio::Coro<> run() {
    while (enabled())
      co_await aio::sleep(1s);
    co_await stop();
  }
  aio::Coro<> stop() {
    task_.cancel();
    co_await task_;
  }
};

// Two tasks wait for each other

aio::Coro<> bad_each_other() {
  aio::Task<> first, second;
  // CHECK: :[[@LINE+3]]:11: warning: 'first' and 'second' wait for each other; neither ever ends
  // CHECK: :[[@LINE+2]]:51: note: 'first' waits for 'second' here
  // CHECK: :[[@LINE+2]]:52: note: 'second' waits for 'first' here
  first = aio::create_task([&]() -> aio::Coro<> { co_await second; });
  second = aio::create_task([&]() -> aio::Coro<> { co_await first; });
  co_await aio::sleep(1s);
}

// The running task is among those that are waited for

aio::Coro<> bad_all_tasks() {
  // CHECK: :[[@LINE+2]]:3: warning: the running task waits for itself; it never ends
  // CHECK: :[[@LINE+1]]:22: note: the running task is in this
  co_await aio::wait(aio::all_tasks());
}

aio::Coro<> bad_all_tasks_with_a_name() {
  auto all = aio::all_tasks();
  // CHECK: :[[@LINE+1]]:3: warning: the running task waits for itself
  co_await aio::wait(all, {.timeout = 1s}); // NOLINT(coro-ignored-pending)
}

// Others

aio::Coro<> good_other_task() {
  auto first = aio::create_task(work());
  aio::Task<> second;
  second = aio::create_task([&]() -> aio::Coro<> { co_await first; });
  co_await second;
}

aio::Coro<> good_previous_task() {
  auto task = aio::create_task(work());
  auto next = [](aio::Task<> before) -> aio::Coro<> { co_await before; };
  task = aio::create_task(next(task));
  task = aio::create_task([task]() -> aio::Coro<> { co_await task; });
  co_await task;
}

aio::Coro<> good_cancels_itself() {
  aio::Task<> task;
  task = aio::create_task([&]() -> aio::Coro<> {
    task.cancel();
    co_await aio::sleep(1s);
  });
  co_await task;
}

struct Careful {
  aio::Task<> task_;
  void start() { task_ = aio::create_task(run()); }
  aio::Coro<> run() { co_await stop(); }
  aio::Coro<> stop() {
    if (aio::current_task() != task_)
      co_await task_;
  }
};

struct Restarted {
  aio::Task<> task_;
  void start() {
    auto before = std::move(task_);
    task_ = aio::create_task(run(std::move(before)));
  }
  aio::Coro<> run(aio::Task<> before) { co_await before; }
};

struct Other {
  aio::Task<> task_;
  aio::Coro<> join() { co_await task_; }
};

aio::Coro<> good_task_of_another_object(Other &other) {
  Other own;
  own.task_ = aio::create_task(other.join());
  co_await own.join();
}

aio::Coro<> good_without_itself() {
  std::vector<aio::TaskBase> others;
  for (auto &task : aio::all_tasks())
    if (task != aio::current_task())
      others.push_back(task);
  co_await aio::wait(others);
  auto all = aio::all_tasks();
  std::erase(all, aio::current_task());
  co_await aio::wait(all);
}
