// coro-prefer-task-group.cpp - tasks that are awaited one by one
// RUN: %findings --check=coro-prefer-task-group %s %flags | %expect %s

#include <chrono>
#include <utility>
#include <vector>

#include <aio/aio.h>

using namespace std::chrono_literals;

aio::Coro<int> fetch(int number) { co_return number; }
bool enabled();
void log(int number);
void keep(aio::Task<int> task);

aio::Coro<int> bad_two() {
  auto first = aio::create_task(fetch(1));
  auto second = aio::create_task(fetch(2));
  // CHECK: :[[@LINE+2]]:22: warning: 'first' is awaited while 'second' runs; if it fails, the other runs on alone [coro-prefer-task-group]
  // CHECK: :[[@LINE+2]]:19: note: 'second' is awaited here
  int sum = co_await first;
  sum += co_await second;
  co_return sum;
}

aio::Coro<> bad_three_in_another_order() {
  auto first = aio::create_task(fetch(1)), second = aio::create_task(fetch(2));
  auto third = aio::get_running_loop().create_task(fetch(3));
  // CHECK: :[[@LINE+1]]:16: warning: 'third' is awaited while 'first' runs
  log(co_await third + co_await first + co_await second);
}

aio::Coro<> bad_container(std::vector<int> numbers) {
  std::vector<aio::Task<int>> tasks;
  for (int number : numbers)
    tasks.push_back(aio::create_task(fetch(number)));
  for (auto &task : tasks)
    // CHECK: :[[@LINE+1]]:18: warning: the tasks in 'tasks' are awaited one by one; if one fails, those after it run on alone
    log(co_await task);
}

aio::Coro<> good_one() {
  auto only = aio::create_task(fetch(1));
  log(2);
  log(co_await only);
}

aio::Coro<> good_one_after_the_other() {
  auto first = aio::create_task(fetch(1));
  log(co_await first);
  auto second = aio::create_task(fetch(2));
  log(co_await second);
}

aio::Coro<> good_together() {
  auto first = aio::create_task(fetch(1)), second = aio::create_task(fetch(2));
  co_await aio::gather(first, second);
  std::vector<aio::Task<int>> tasks;
  tasks.push_back(aio::create_task(fetch(3)));
  co_await aio::gather(tasks);
}

aio::Coro<> good_group() {
  co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
    auto first = group.create_task(fetch(1)), second = group.create_task(fetch(2));
    log(co_await first + co_await second);
    std::vector<aio::Task<int>> tasks;
    tasks.push_back(group.create_task(fetch(3)));
    for (auto &task : tasks)
      log(co_await task);
  });
}

aio::Coro<> good_failures_are_handled() {
  auto first = aio::create_task(fetch(1)), second = aio::create_task(fetch(2));
  try {
    log(co_await first);
  } catch (...) {
    second.cancel();
  }
  log(co_await second);
}

aio::Coro<> good_background_task() {
  auto background = aio::create_task(fetch(1));
  auto first = aio::create_task(fetch(2));
  log(co_await first);
  background.cancel();
  co_await aio::wait(std::vector{background});
}

aio::Coro<> good_only_on_a_path() {
  auto first = aio::create_task(fetch(1)), second = aio::create_task(fetch(2));
  if (enabled())
    co_await first;
  co_await second;
}

aio::Coro<> good_kept_elsewhere() {
  auto first = aio::create_task(fetch(1)), second = aio::create_task(fetch(2));
  keep(first);
  log(co_await first + co_await second);
}
