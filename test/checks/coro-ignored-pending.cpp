// coro-ignored-pending.cpp - pending tasks of a wait that nobody takes
// RUN: %findings --strict %s %flags | %expect %s

#include <chrono>
#include <map>
#include <ranges>
#include <utility>
#include <vector>

#include <aio/aio.h>

using namespace std::chrono_literals;

using Tasks = std::vector<aio::Task<int>>;

aio::Coro<int> fetch(int number) { co_return number; }
void log(int number);
void keep(Tasks tasks);
Tasks start();

// Nothing takes what is pending

aio::Coro<int> bad_binding() {
  Tasks tasks{aio::create_task(fetch(1)), aio::create_task(fetch(2))};
  // CHECK: :[[@LINE+2]]:15: warning: 'pending' is never used; the tasks in it keep running [coro-ignored-pending]
  // CHECK: :[[@LINE+1]]:35: note: waited for them here
  auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  co_return done.front().result();
}

aio::Coro<int> bad_member() {
  auto first = aio::create_task(fetch(1));
  Tasks tasks{first, aio::create_task(fetch(2))};
  // CHECK: :[[@LINE+1]]:26: warning: 'pending' of the result is never used
  auto result = co_await aio::wait(tasks, {.return_when = aio::FIRST_EXCEPTION});
  for (auto &task : result.done)
    log(task.result());
  co_return 0;
}

aio::Coro<> bad_dropped() {
  Tasks tasks = start();
  // CHECK: :[[@LINE+1]]:12: warning: 'pending' of the result is never used
  co_await aio::wait(tasks, {.timeout = 1s});
}

aio::Coro<> bad_a_few() {
  auto first = aio::create_task(fetch(1));
  auto second = aio::create_task(fetch(2));
  // CHECK: :[[@LINE+1]]:12: warning: 'pending' of the result is never used
  co_await aio::wait({.return_when = aio::FIRST_COMPLETED}, first, second);
}

aio::Coro<int> good_a_few_awaited_later() {
  auto first = aio::create_task(fetch(1));
  auto second = aio::create_task(fetch(2));
  co_await aio::wait({.return_when = aio::FIRST_COMPLETED}, first, second);
  second.cancel();
  co_return co_await first;
}

aio::Coro<> good_one_of_a_few_is_kept_by_the_caller(aio::Task<int> &kept) {
  auto second = aio::create_task(fetch(2));
  co_await aio::wait({.timeout = 1s}, second, kept);
}

aio::Coro<> good_all_of_a_few() {
  auto first = aio::create_task(fetch(1));
  auto second = aio::create_task(fetch(2));
  co_await aio::wait(first, second);
  co_await aio::wait({.return_when = aio::ALL_COMPLETED}, first, second);
  auto [done, pending] = co_await aio::wait({.timeout = 1s}, first, second);
  for (auto &task : pending)
    task.cancel();
  co_await aio::wait(second, first);
}

aio::Coro<> bad_only_done_is_taken() {
  auto tasks = start();
  // CHECK: :[[@LINE+1]]:31: warning: 'pending' of the result is never used
  for (auto &task : (co_await aio::wait(tasks, aio::WaitOpts{aio::FIRST_COMPLETED})).done)
    log(task.result());
  // CHECK: :[[@LINE+1]]:26: warning: 'pending' of the result is never used
  Tasks done = (co_await aio::wait(start(), {.return_when = aio::FIRST_COMPLETED})).done;
  log(done.front().result());
}

aio::Coro<> bad_marked() {
  Tasks tasks = start();
  // CHECK: :[[@LINE+1]]:32: warning: 'pending' is never used
  [[maybe_unused]] auto [done, pending] =
      co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
}

aio::Coro<> bad_constant_options() {
  const aio::WaitOpts options{.return_when = aio::FIRST_COMPLETED};
  Tasks tasks = start();
  // CHECK: :[[@LINE+1]]:21: warning: 'pending' is never used
  auto &&[finished, pending] = co_await aio::wait(tasks, options);
  log(finished.front().result());
}

aio::Coro<> bad_in_a_loop(std::vector<int> numbers) {
  for (int number : numbers) {
    Tasks tasks;
    tasks.push_back(aio::create_task(fetch(number)));
    tasks.push_back(aio::create_task(fetch(number + 1)));
    // CHECK: :[[@LINE+1]]:17: warning: 'pending' is never used
    auto [done, pending] = co_await aio::wait(tasks, {.timeout = 1s});
    for (auto &task : done)
      log(task.result());
  }
}

struct Client {
  aio::Coro<int> ask();
  aio::Coro<> bad_method() {
    Tasks tasks;
    tasks.push_back(aio::create_task(ask()));
    // CHECK: :[[@LINE+1]]:17: warning: 'pending' is never used
    auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    log(done.front().result());
  }
};

aio::Coro<> bad_lambda() {
  co_await [](Tasks tasks) -> aio::Coro<> {
    // CHECK: :[[@LINE+1]]:17: warning: 'pending' is never used
    auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    log(done.front().result());
  }(start());
}

template <class T> aio::Coro<T> bad_template(std::vector<aio::Task<T>> tasks) {
  // CHECK: :[[@LINE+1]]:15: warning: 'pending' is never used
  auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  co_return done.front().result();
}
template aio::Coro<int> bad_template(Tasks);

// Only with --strict: counted, or the options come from elsewhere

aio::Coro<bool> bad_only_counted() {
  Tasks tasks = start();
  // CHECK: :[[@LINE+1]]:15: warning: 'pending' is looked at, but its tasks are not used; they keep running
  auto [done, pending] = co_await aio::wait(tasks, {.timeout = 1s});
  co_return pending.empty();
}

aio::Coro<> bad_unknown_options(aio::WaitOpts options) {
  Tasks tasks = start();
  // CHECK: :[[@LINE+1]]:15: warning: 'pending' is never used
  auto [done, pending] = co_await aio::wait(tasks, options);
  log(done.front().result());
}

// Taken

aio::Coro<> good_cancelled_and_awaited() {
  Tasks tasks = start();
  auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  for (auto &task : pending)
    task.cancel();
  co_await aio::gather_outcomes(pending);
}

aio::Coro<Tasks> good_given_away(bool first) {
  Tasks tasks = start();
  auto result = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  if (first)
    co_return std::move(result.pending);
  keep(std::move(result).pending);
  auto again = co_await aio::wait(start(), {.timeout = 1s});
  auto later = [rest = std::move(again.pending)] { keep(rest); };
  later();
  co_return Tasks();
}

aio::Coro<aio::WaitResult<aio::Task<int>>> good_result_goes_on(Tasks tasks) {
  if (tasks.empty())
    return aio::wait(start(), {.timeout = 1s});
  return aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
}

aio::Coro<> good_until_all_are_done() {
  Tasks tasks = start();
  while (!tasks.empty()) {
    auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    for (auto &task : done)
      log(task.result());
    tasks = std::move(pending);
  }
}

aio::Coro<> good_put_back() {
  Tasks tasks = start();
  while (!tasks.empty()) {
    auto result = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    for (auto &task : result.done)
      log(task.result());
    tasks.assign(result.pending.begin(), result.pending.end());
  }
  while (!tasks.empty()) {
    auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    tasks.clear();
    tasks.insert(tasks.end(), pending.begin(), pending.end());
  }
  while (!tasks.empty()) {
    auto result = co_await aio::wait(tasks, {.timeout = 1s});
    tasks.swap(result.pending);
  }
}

aio::Coro<> good_none_can_be_left() {
  Tasks tasks = start();
  auto [done, pending] = co_await aio::wait(tasks);
  auto all = co_await aio::wait(tasks, {.return_when = aio::ALL_COMPLETED});
  auto same = co_await aio::wait(tasks, aio::WaitOpts{});
  log(done.front().result() + all.done.front().result() + same.done.front().result());
}

aio::Coro<> good_taken_by_another_name() {
  auto first = aio::create_task(fetch(1)), second = aio::create_task(fetch(2));
  Tasks tasks{first, second};
  auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  second.cancel();
  log(done.front().result());
  Tasks others = start();
  auto [ended, left] = co_await aio::wait(others, {.timeout = 1s});
  for (auto &task : others)
    task.cancel();
  log(ended.front().result());
}

struct Pool {
  Tasks tasks;
  aio::Coro<> good_member_keeps_them() {
    auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    log(done.front().result());
  }
};

aio::Coro<> good_caller_keeps_them(Tasks &tasks) {
  co_await aio::wait(tasks, {.timeout = 1s});
}

aio::Coro<> good_map_keeps_them(std::map<int, aio::Task<int>> &jobs) {
  Tasks tasks;
  for (auto &[number, task] : jobs)
    tasks.push_back(task);
  auto result = co_await aio::wait(tasks, {.timeout = 1s});
  log(result.done.front().result());
  auto values = jobs | std::views::values;
  Tasks same(values.begin(), values.end());
  auto again = co_await aio::wait(same, {.timeout = 1s});
  log(again.done.front().result());
}

struct Source {
  Tasks live();
  aio::Coro<int> fetch(int number);
};

aio::Coro<> bad_made_by_another(Source &source) {
  Tasks tasks{aio::create_task(source.fetch(1)), aio::create_task(source.fetch(2))};
  // CHECK: :[[@LINE+1]]:26: warning: 'pending' of the result is never used
  auto result = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  log(result.done.front().result());
}

aio::Coro<> good_group_waits() {
  co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
    Tasks tasks;
    tasks.push_back(group.create_task(fetch(1)));
    tasks.push_back(group.create_task(fetch(2)));
    auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    log(done.front().result());
  });
}

aio::Coro<> good_dropped_on_purpose() {
  Tasks tasks = start();
  static_cast<void>(co_await aio::wait(tasks, {.timeout = 1s}));
}

// What is not seen

aio::Coro<> known_miss_options_changed() {
  Tasks tasks = start();
  auto waiting = aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
  auto [done, pending] = co_await std::move(waiting);
  log(done.front().result());
}
