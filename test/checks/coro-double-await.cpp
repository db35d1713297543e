// coro-double-await.cpp - tasks that are awaited or moved from again
// RUN: %findings --strict --check=coro-double-await %s %flags | %expect %s

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<> flush() { co_return; }
mini::task<int> lookup();
bool enabled();
void log(int number);
void consume(aio::Coro<int> work);
bool try_consume(aio::Coro<int> &&work);
void look(aio::Coro<int> &work);

// Awaited again

aio::Coro<> bad_twice() {
  auto page = fetch(1);
  co_await std::move(page);
  // CHECK: :[[@LINE+2]]:22: warning: 'page' is awaited a second time; a task gives its result once [coro-double-await]
  // CHECK: :[[@LINE-2]]:22: note: first awaited here
  co_await std::move(page);
}

mini::task<> bad_task_that_no_model_knows() {
  auto found = lookup();
  int first = co_await std::move(found);
  // CHECK: :[[@LINE+1]]:34: warning: 'found' is awaited a second time
  log(first + co_await std::move(found));
}

aio::Coro<> bad_second_on_every_path() {
  auto page = fetch(1);
  if (enabled())
    co_await std::move(page);
  // CHECK: :[[@LINE+1]]:22: warning: 'page' is awaited a second time
  co_await std::move(page);
}

aio::Coro<> bad_first_on_every_path() {
  auto page = fetch(1);
  co_await std::move(page);
  if (enabled())
    // CHECK: :[[@LINE+1]]:24: warning: 'page' is awaited a second time
    co_await std::move(page);
}

aio::Coro<> bad_alias() {
  auto page = fetch(1);
  auto &alias = page;
  co_await std::move(alias);
  // CHECK: :[[@LINE+1]]:22: warning: 'page' is awaited a second time
  co_await std::move(page);
}

aio::Coro<> bad_parameter(aio::Coro<int> page) {
  co_await std::move(page);
  // CHECK: :[[@LINE+1]]:43: warning: 'page' is awaited a second time
  co_await static_cast<aio::Coro<int> &&>(page);
}

aio::Coro<> bad_lambda() {
  co_await []() -> aio::Coro<> {
    auto page = fetch(1);
    co_await std::move(page);
    // CHECK: :[[@LINE+1]]:24: warning: 'page' is awaited a second time
    co_await std::move(page);
  }();
}

template <class T> aio::Coro<> bad_template(aio::Coro<T> work) {
  co_await std::forward<aio::Coro<T>>(work);
  // CHECK: :[[@LINE+1]]:39: warning: 'work' is awaited a second time
  co_await std::forward<aio::Coro<T>>(work);
}
template aio::Coro<> bad_template(aio::Coro<int>);

aio::Coro<> bad_retry() {
  auto page = fetch(1);
  for (;;) {
    try {
      // CHECK: :[[@LINE+2]]:26: warning: 'page' is awaited again in the next turn of the loop
      // CHECK: :[[@LINE-4]]:8: note: one task for all turns
      co_await std::move(page);
      co_return;
    } catch (...) {
    }
  }
}

aio::Coro<> bad_loop(std::vector<int> numbers) {
  auto work = flush();
  for (int number : numbers) {
    log(number);
    // CHECK: :[[@LINE+1]]:24: warning: 'work' is awaited again in the next turn of the loop
    co_await std::move(work);
  }
}

/// Its await_ready() is false for good: a second await resumes a coroutine that
/// has ended.
struct Plain {
  struct promise_type {
    Plain get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  Plain(Plain &&) noexcept;
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume();
};
Plain plain();

Plain bad_resumes_what_has_ended() {
  auto work = plain();
  co_await work;
  // CHECK: :[[@LINE+1]]:12: warning: 'work' is awaited a second time
  co_await work;
}

namespace asio = boost::asio;
asio::awaitable<int> read();

asio::awaitable<void> bad_asio() {
  auto size = read();
  co_await std::move(size);
  // CHECK: :[[@LINE+1]]:22: warning: 'size' is awaited a second time
  co_await std::move(size);
}

// Moved away

aio::Coro<> bad_awaited_after_spawn() {
  auto page = fetch(1);
  aio::create_task(std::move(page));
  // CHECK: :[[@LINE+2]]:22: warning: 'page' is awaited after it was moved away; there is nothing left to await
  // CHECK: :[[@LINE-2]]:30: note: moved away here
  co_await std::move(page);
}

aio::Coro<> bad_moved_twice() {
  auto page = fetch(1);
  // CHECK: :[[@LINE+1]]:61: warning: 'page' is moved a second time; its new owner gets an empty task
  co_await aio::gather(std::move(page), fetch(2), std::move(page));
}

aio::Coro<> bad_moved_after_await() {
  auto page = fetch(1);
  co_await std::move(page);
  // CHECK: :[[@LINE+1]]:21: warning: 'page' is moved on after it gave its result
  consume(std::move(page));
}

aio::Coro<> bad_captured_and_awaited() {
  auto page = fetch(1);
  auto later = [page = std::move(page)]() mutable { consume(std::move(page)); };
  // CHECK: :[[@LINE+1]]:22: warning: 'page' is awaited after it was moved away
  co_await std::move(page);
  later();
}

aio::Coro<> bad_moved_in_loop(std::vector<aio::Coro<int>> &all) {
  auto page = fetch(1);
  while (enabled())
    // CHECK: :[[@LINE+1]]:29: warning: 'page' is moved again in the next turn of the loop; by then it is empty
    all.push_back(std::move(page));
  co_return;
}

// Once

aio::Coro<> good_made_anew() {
  auto page = fetch(1);
  co_await std::move(page);
  page = fetch(2);
  co_await std::move(page);
  for (int number = 0; number < 3; ++number) {
    auto each = fetch(number);
    co_await std::move(each);
  }
  auto next = fetch(3);
  while (enabled()) {
    co_await std::move(next);
    next = fetch(4);
  }
}

aio::Coro<> good_one_of_two_branches() {
  auto page = fetch(1);
  if (enabled())
    co_await std::move(page);
  else
    consume(std::move(page));
}

aio::Coro<> good_left_after_the_first(int choice) {
  auto page = fetch(1);
  switch (choice) {
  case 1:
    co_await std::move(page);
    co_return;
  case 2:
    consume(std::move(page));
    break;
  default:
    co_await std::move(page);
  }
}

aio::Coro<> good_leaves_the_loop() {
  auto page = fetch(1);
  for (;;) {
    if (!enabled())
      continue;
    co_await std::move(page);
    break;
  }
}

aio::Coro<> good_tasks_may_be_awaited_again() {
  auto task = aio::create_task(fetch(1));
  log(co_await task);
  log(co_await task);
  log(co_await std::move(task));
}

aio::Coro<> good_asked_whether_it_is_left() {
  auto page = fetch(1);
  if (enabled())
    co_await std::move(page);
  if (page.valid())
    co_await std::move(page);
}

aio::Coro<> good_may_have_been_left_alone() {
  auto page = fetch(1);
  if (!try_consume(std::move(page)))
    co_await std::move(page);
}

aio::Coro<> good_may_have_been_replaced() {
  auto page = fetch(1);
  co_await std::move(page);
  look(page);
  co_await std::move(page);
  co_await std::exchange(page, fetch(2));
  co_await std::move(page);
}

aio::Coro<> good_swapped() {
  auto first = fetch(1), second = fetch(2);
  co_await std::move(first);
  std::swap(first, second);
  co_await std::move(first);
}

/// Its copies share one result.
struct Shared {
  struct promise_type {
    Shared get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const;
  void await_resume() const;
};
Shared shared();

Shared good_shared() {
  auto work = shared();
  co_await work;
  co_await work;
}

/// Awaiting it by name leaves the result in it.
struct Kept {
  struct promise_type {
    Kept get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  struct awaiter {
    std::coroutine_handle<> handle;
    bool await_ready() const noexcept { return !handle || handle.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept;
    int &await_resume();
  };
  Kept(Kept &&) noexcept;
  awaiter operator co_await() const & noexcept;
  awaiter operator co_await() const && noexcept;
};
Kept kept();

Kept good_kept() {
  auto work = kept();
  log(co_await work);
  log(co_await work);
  log(co_await std::move(work));
}

// Only in the lowest tier: the conditions may exclude each other

aio::Coro<> good_conditions_that_exclude_each_other(bool now) {
  auto page = fetch(1);
  if (now)
    co_await std::move(page);
  log(1);
  if (!now)
    co_await std::move(page);
}

aio::Coro<> good_only_in_the_first_turn(std::vector<int> numbers) {
  auto page = fetch(1);
  bool first = true;
  for (int number : numbers) {
    log(number);
    if (std::exchange(first, false))
      co_await std::move(page);
  }
}

// What is not seen

struct Session {
  aio::Coro<int> pending = fetch(1);
  aio::Coro<> known_miss_member() {
    co_await std::move(pending);
    co_await std::move(pending);
  }
};

aio::Coro<> known_miss_element() {
  std::vector<aio::Coro<int>> all;
  all.push_back(fetch(1));
  co_await std::move(all[0]);
  co_await std::move(all[0]);
}

aio::Coro<> known_miss_reference(aio::Coro<int> &page) {
  co_await std::move(page);
  co_await std::move(page);
}

// A macro's loop around its argument runs once.
#define TRIES(statement)                                                             \
  do {                                                                               \
    statement;                                                                       \
  } while (enabled())

aio::Coro<> good_loop_of_a_macro() {
  auto page = fetch(1);
  TRIES(co_await std::move(page));
}

// A lambda puts another task in its place

mini::task<> good_made_anew_by_a_lambda() {
  auto work = lookup();
  auto again = [&] { work = lookup(); };
  co_await std::move(work);
  again();
  co_await std::move(work);
}

// What an rvalue reference refers to is used up as well

template <class T> mini::task<> bad_forwarded(T &&work) {
  co_await std::forward<T>(work);
  // CHECK: :[[@LINE+1]]:28: warning: 'work' is awaited a second time
  co_await std::forward<T>(work);
}
mini::task<> good_forwarding() { co_await bad_forwarded(lookup()); }

mini::task<> good_forwarded_once(mini::task<int> &&work, bool now) {
  if (now) {
    co_await std::move(work);
    co_return;
  }
  co_await std::move(work);
}
