// coro-unchecked-result.cpp - results of tasks that may have failed
// RUN: %findings --check=coro-unchecked-result %s %flags | %expect %s

#include <exception>
#include <utility>
#include <vector>

#include <aio/aio.h>

using Tasks = std::vector<aio::Task<int>>;

aio::Coro<int> fetch(int number) { co_return number; }
void log(int number);
bool failed(const aio::Task<int> &task);
Tasks start();

// Callbacks: what they throw goes to the loop

void named(aio::Task<int> &task) {
  // CHECK: :[[@LINE+1]]:7: warning: 'result' throws if the task failed; nothing in this callback asks first or handles it [coro-unchecked-result]
  log(task.result());
}

void callbacks() {
  auto task = aio::create_task(fetch(1));
  // CHECK: :[[@LINE+1]]:57: warning: 'result' throws if the task failed
  task.add_done_callback([](aio::Task<int> &done) { log(done.result()); });
  // CHECK: :[[@LINE+1]]:58: warning: 'take' throws if the task failed
  task.add_done_callback([](aio::Future<int> done) { log(done.take()); });
  task.add_done_callback([](aio::Task<int> &done) {
    // CHECK: :[[@LINE+1]]:32: warning: 'result' throws if the task failed
    int number = done.done() ? done.result() : 0;
    log(number);
  });
  task.add_done_callback(&named);
}

void good_callbacks() {
  auto task = aio::create_task(fetch(1));
  task.add_done_callback([](aio::Task<int> &done) {
    if (done.cancelled() || done.exception())
      return;
    log(done.result());
  });
  task.add_done_callback([](aio::Task<int> &done) {
    if (!done.cancelled())
      log(done.result());
  });
  task.add_done_callback([](aio::Task<int> &done) {
    try {
      log(done.result());
    } catch (...) {
    }
  });
  task.add_done_callback([](aio::Task<int> &done) {
    if (!failed(done))
      log(done.result());
  });
  task.add_done_callback([] { log(1); });
}

// Done sets: the first failure hides the other results

aio::Coro<> bad_done_set() {
  auto [done, pending] = co_await aio::wait(start());
  for (auto &task : done)
    // CHECK: :[[@LINE+1]]:9: warning: 'result' throws if the task failed; the results of the tasks after it are then lost
    log(task.result());
}

aio::Coro<int> bad_sum() {
  auto result = co_await aio::wait(start());
  int sum = 0;
  for (const auto &task : result.done)
    // CHECK: :[[@LINE+1]]:12: warning: 'take' throws if the task failed
    sum += task.take();
  co_return sum;
}

aio::Coro<> good_done_set() {
  auto [done, pending] = co_await aio::wait(start());
  for (auto &task : done) {
    if (task.exception())
      continue;
    log(task.result());
  }
  for (auto &task : done) {
    try {
      log(task.result());
    } catch (const std::exception &) {
    }
  }
  for (auto &task : done)
    if (!task.cancelled() && !task.exception())
      log(task.result());
}

aio::Coro<> good_awaited() {
  Tasks tasks = start();
  for (auto &task : tasks) {
    co_await task;
    log(task.result());
  }
}

aio::Coro<> good_whole_loop_handled() {
  auto [done, pending] = co_await aio::wait(start());
  try {
    for (auto &task : done)
      log(task.result());
  } catch (...) {
  }
}

aio::Coro<int> good_task_boundary(aio::Task<int> task) {
  co_await aio::wait(std::vector{task});
  co_return task.result();
}

aio::Coro<int> known_miss_element() {
  auto [done, pending] = co_await aio::wait(start());
  co_return done.front().result();
}
