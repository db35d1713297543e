// coro-cancel-without-await.cpp - tasks that are cancelled and then left
// RUN: %findings --check=coro-cancel-without-await %s %flags | %expect %s

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <aio/aio.h>

using namespace std::chrono_literals;

using Tasks = std::vector<aio::Task<int>>;

aio::Coro<int> fetch(int number) { co_return number; }
bool enabled();
void log(int number);
void keep(aio::Task<int> task);
Tasks start();

aio::Coro<> bad_left() {
  auto task = aio::create_task(fetch(1));
  co_await aio::sleep(1s);
  // CHECK: :[[@LINE+1]]:3: warning: 'task' is cancelled but not awaited; it runs on until it notices [coro-cancel-without-await]
  task.cancel();
  log(1);
}

aio::Coro<> bad_only_asked() {
  auto task = aio::create_task(fetch(1));
  // CHECK: :[[@LINE+1]]:3: warning: 'task' is cancelled
  task.cancel("stop");
  if (task.done())
    log(1);
  co_return;
}

aio::Coro<> bad_on_one_path() {
  auto task = aio::create_task(fetch(1));
  if (enabled()) {
    // CHECK: :[[@LINE+1]]:5: warning: 'task' is cancelled
    task.cancel();
    co_return;
  }
  co_await task;
}

aio::Coro<> bad_parameter(aio::Task<int> task) {
  // CHECK: :[[@LINE+1]]:3: warning: 'task' is cancelled
  task.cancel();
  co_return;
}

aio::Coro<> bad_pending() {
  Tasks tasks = start();
  auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  for (auto &task : pending)
    // CHECK: :[[@LINE+1]]:5: warning: the tasks in 'pending' are cancelled but not awaited; they run on until they notice
    task.cancel();
  log(done.front().result());
}

aio::Coro<> bad_container() {
  Tasks tasks;
  tasks.push_back(aio::create_task(fetch(1)));
  for (auto task : tasks)
    // CHECK: :[[@LINE+1]]:5: warning: the tasks in 'tasks' are cancelled
    task.cancel();
  co_return;
}

aio::Coro<> bad_lambda() {
  co_await []() -> aio::Coro<> {
    auto task = aio::create_task(fetch(1));
    // CHECK: :[[@LINE+1]]:5: warning: 'task' is cancelled
    task.cancel();
    co_return;
  }();
}

// Awaited, or another's to await

aio::Coro<> good_awaited() {
  auto task = aio::create_task(fetch(1));
  task.cancel();
  try {
    co_await task;
  } catch (const aio::CancelledError &) {
  }
}

aio::Coro<> good_gathered() {
  Tasks tasks = start();
  for (auto &task : tasks)
    task.cancel();
  co_await aio::gather_outcomes(tasks);
  auto [done, pending] = co_await aio::wait(start(), {.return_when = aio::FIRST_COMPLETED});
  for (auto &task : pending)
    task.cancel();
  co_await aio::wait(pending);
}

aio::Coro<> good_awaited_one_by_one() {
  Tasks tasks = start();
  for (auto &task : tasks)
    task.cancel();
  for (auto &task : tasks)
    co_await task;
}

aio::Coro<> good_awaited_under_another_name() {
  auto task = aio::create_task(fetch(1));
  auto &alias = task;
  alias.cancel();
  co_await task;
  auto other = aio::create_task(fetch(2));
  Tasks all{other};
  other.cancel();
  co_await aio::gather_outcomes(all);
}

aio::Coro<> good_given_away() {
  auto task = aio::create_task(fetch(1));
  task.cancel();
  keep(task);
  auto other = aio::create_task(fetch(2));
  keep(other);
  other.cancel();
  co_return;
}

aio::Coro<> good_group_waits() {
  co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
    auto task = group.create_task(fetch(1));
    co_await aio::sleep(1s);
    task.cancel();
  });
}

aio::Coro<> good_future_ends_at_once() {
  auto future = aio::get_running_loop().create_future<int>();
  future.cancel();
  co_return;
}

struct Service {
  aio::Task<int> task;
  aio::Coro<> good_member() {
    task.cancel();
    co_return;
  }
};

aio::Coro<> good_reference(aio::Task<int> &task) {
  task.cancel();
  co_return;
}

void good_cannot_await(aio::Task<int> task) { task.cancel(); }

// The program ends

struct Program {
  Tasks tasks;
  ~Program() {
    for (auto &task : tasks)
      task.cancel();
  }
};
void good_at_the_end(aio::Loop &loop, aio::Task<int> &task) {
  task.cancel();
  loop.stop();
}
