// coro-unawaited-task-strict.cpp - tasks that are lost on some path
//
// RUN: %findings --strict %s %flags | %expect %s

#include <utility>
#include <vector>

#include <aio/aio.h>

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<bool> dial() { co_return true; }
aio::Coro<> flush() { co_return; }
void log(const char *text);
bool enabled();
[[noreturn]] void fail();

aio::Coro<> bad_one_branch() {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is not awaited on every path; where it is not, its work never starts [coro-unawaited-task]
  auto page = fetch(1);
  if (enabled())
    co_await std::move(page);
}

aio::Coro<> bad_early_co_return() {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is not awaited on every path
  auto page = fetch(1);
  if (!co_await dial())
    co_return;
  co_await std::move(page);
}

aio::Coro<int> bad_early_return() {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is not awaited on every path
  auto page = fetch(1);
  if (enabled())
    return fetch(2);
  return page;
}

aio::Coro<> bad_loop_control(int count) {
  for (int number = 0; number < count; ++number) {
    // CHECK: :[[@LINE+1]]:10: warning: 'first' is not awaited on every path
    auto first = fetch(number);
    if (enabled())
      continue;
    co_await std::move(first);
    // CHECK: :[[@LINE+1]]:10: warning: 'second' is not awaited on every path
    auto second = fetch(number);
    if (enabled())
      break;
    co_await std::move(second);
  }
}

aio::Coro<> bad_switch(int choice) {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is not awaited on every path
  auto page = fetch(1);
  switch (choice) {
  case 1:
    co_await std::move(page);
    break;
  case 2:
    log("two");
  }
}

aio::Coro<> bad_goto() {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is not awaited on every path
  auto page = fetch(1);
  if (enabled())
    goto done;
  co_await std::move(page);
done:
  log("done");
}

aio::Coro<> bad_short_circuit() {
  // CHECK: :[[@LINE+1]]:8: warning: 'ready' is not awaited on every path
  auto ready = dial();
  if (enabled() && co_await std::move(ready))
    log("ready");
}

aio::Coro<> bad_chosen(bool first) {
  // CHECK: :[[@LINE+2]]:8: warning: 'one' is not awaited on every path
  // CHECK: :[[@LINE+1]]:24: warning: 'two' is not awaited on every path
  auto one = fetch(1), two = fetch(2);
  co_await (first ? std::move(one) : std::move(two));
}

aio::Coro<> bad_loop_that_may_not_run(std::vector<int> numbers) {
  // CHECK: :[[@LINE+1]]:8: warning: 'work' is not awaited on every path
  auto work = flush();
  for (int number : numbers) {
    log("once");
    co_await std::move(work);
    break;
  }
}

aio::Coro<> bad_overwritten_on_a_path() {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is assigned again before it is awaited
  auto page = fetch(1);
  if (enabled())
    co_await std::move(page);
  page = fetch(2);
  co_await std::move(page);
}

// CHECK: :[[@LINE+1]]:39: warning: 'work' is never awaited
aio::Coro<> bad_parameter(aio::Coro<> work) { co_return; }

// CHECK: :[[@LINE+1]]:49: warning: 'work' is not awaited on every path
aio::Coro<> bad_parameter_on_a_path(aio::Coro<> work) {
  if (enabled())
    co_await std::move(work);
}

aio::Coro<> good_unnamed_parameter(aio::Coro<>) { co_return; }
aio::Coro<> good_marked_parameter([[maybe_unused]] aio::Coro<> work) { co_return; }
aio::Coro<> good_reference_parameter(aio::Coro<> &work) { co_return; }
aio::Coro<> good_rvalue_parameter(aio::Coro<> &&work) { co_await std::move(work); }

aio::Coro<> good_every_branch(int choice) {
  auto page = fetch(1);
  switch (choice) {
  case 1:
    co_await std::move(page);
    break;
  case 2:
    page.close();
    break;
  default:
    (void)aio::create_task(std::move(page));
  }
}

aio::Coro<> good_goto() {
  auto page = fetch(1);
again:
  if (enabled())
    goto again;
  co_await std::move(page);
}

aio::Coro<> good_ends_the_program() {
  auto page = fetch(1);
  if (enabled())
    fail();
  co_await std::move(page);
}

aio::Coro<> good_caught() {
  auto page = fetch(1);
  try {
    co_await std::move(page);
  } catch (...) {
    log("failed");
  }
}

aio::Coro<> good_made_where_awaited() {
  while (enabled()) {
    auto page = fetch(1);
    if (co_await std::move(page) > 1)
      co_return;
  }
}

/// A task that its caller drives.
struct Manual {
  struct promise_type {
    Manual get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
    std::suspend_never await_transform(Manual &&);
  };
  bool done() const;
  void resume();
  explicit operator bool() const;
};

Manual manual();

void good_driven_until_done() {
  auto work = manual();
  while (!work.done())
    work.resume();
}

void good_asked_whether_there_is_one() {
  auto work = manual();
  if (work)
    work.resume();
}

void bad_awaitable_by_transformation() {
  // CHECK: :[[@LINE+1]]:8: warning: 'work' is never awaited
  auto work = manual();
}

aio::Coro<> bad_first_turn_only() {
  for (int number = 0; number < 3; ++number) {
    // CHECK: :[[@LINE+1]]:10: warning: 'page' is not awaited on every path; where it is not, its work never starts [coro-unawaited-task]
    auto page = fetch(number);
    if (number == 0)
      co_await std::move(page);
  }
}
