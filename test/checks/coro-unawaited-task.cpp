// coro-unawaited-task.cpp - named tasks that nobody awaits
//
// RUN: %findings %s %flags | %expect %s

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <aio/aio.h>

#include "gtest_macros.h"
#include "task_mock.h"

using namespace std::chrono_literals;

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<bool> dial() { co_return true; }
aio::Coro<> flush() { co_return; }
mini::task<int> lookup();
mini::job<> background();
std::pair<aio::Coro<int>, aio::Coro<>> both();
bool enabled();
void log(const char *text);
void consume(aio::Coro<> work);
void consume_by_reference(aio::Coro<> &work);
void look(const aio::Coro<> &work);

// Never awaited

aio::Coro<> bad_never() {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is never awaited, so its work never starts [coro-unawaited-task]
  auto page = fetch(1);
  log("fetched");
  co_return;
}

void bad_in_a_plain_function() {
  // CHECK: :[[@LINE+1]]:15: warning: 'work' is never awaited
  aio::Coro<> work = flush();
}

mini::task<> bad_task_that_no_model_knows() {
  // CHECK: :[[@LINE+1]]:8: warning: 'found' is never awaited
  auto found = lookup();
  co_return;
}

int main() {
  // CHECK: :[[@LINE+1]]:8: warning: 'work' is never awaited
  auto work = flush();
}

struct Session {
  Session() {
    // CHECK: :[[@LINE+1]]:10: warning: 'work' is never awaited
    auto work = flush();
  }
  ~Session() {
    // CHECK: :[[@LINE+1]]:10: warning: 'work' is never awaited
    auto work = close();
  }
  aio::Coro<> close() {
    // CHECK: :[[@LINE+1]]:10: warning: 'work' is never awaited
    auto work = flush();
    co_return;
  }
};

aio::Coro<> bad_only_looked_at() {
  // CHECK: :[[@LINE+1]]:8: warning: 'work' is never awaited
  auto work = flush();
  if (work.valid())
    log("valid");
  co_return;
}

aio::Coro<> bad_awaitable_that_is_no_task() {
  // CHECK: :[[@LINE+1]]:8: warning: 'pause' is never awaited
  auto pause = mini::sleep_for(1s);
  co_return;
}

aio::Coro<> bad_list_initialization() {
  // CHECK: :[[@LINE+1]]:15: warning: 'first' is never awaited
  aio::Coro<> first{flush()};
  // CHECK: :[[@LINE+1]]:15: warning: 'second' is never awaited
  aio::Coro<> second(flush());
  // CHECK: :[[@LINE+1]]:21: warning: 'third' is never awaited
  const aio::Coro<> third = flush();
  // CHECK: :[[@LINE+1]]:10: warning: 'fourth' is never awaited
  auto &&fourth = flush();
  // CHECK: :[[@LINE+1]]:15: warning: 'fifth' is never awaited
  const auto &fifth = flush();
  co_return;
}

aio::Coro<> bad_marked() {
  // CHECK: :[[@LINE+1]]:25: warning: 'work' is never awaited
  [[maybe_unused]] auto work = flush();
  // CHECK: :[[@LINE+1]]:8: warning: '_' is never awaited
  auto _ = flush();
  co_return;
}

aio::Coro<> bad_alias_only() {
  // CHECK: :[[@LINE+1]]:8: warning: 'work' is never awaited
  auto work = flush();
  auto &alias = work;
  if (alias.valid())
    log("valid");
  co_return;
}

aio::Coro<> bad_structured_binding() {
  // CHECK: :[[@LINE+1]]:17: warning: 'nothing' is never awaited
  auto [number, nothing] = both();
  co_await std::move(number);
}

aio::Coro<> bad_condition_variable(int choice) {
  // CHECK: :[[@LINE+1]]:12: warning: 'work' is never awaited
  if (auto work = flush(); enabled())
    log("enabled");
  // CHECK: :[[@LINE+1]]:16: warning: 'other' is never awaited
  switch (auto other = flush(); choice) {
  case 1:
    log("one");
  }
  co_return;
}

aio::Coro<> bad_conditional(bool first) {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is never awaited
  auto page = first ? fetch(1) : fetch(2);
  co_return;
}

aio::Coro<> bad_in_a_loop() {
  for (int number = 0; number < 3; ++number) {
    // CHECK: :[[@LINE+1]]:10: warning: 'page' is never awaited
    auto page = fetch(number);
  }
  co_return;
}

aio::Coro<> bad_endless_loop() {
  for (;;) {
    // CHECK: :[[@LINE+1]]:10: warning: 'page' is never awaited
    auto page = fetch(1);
    co_await aio::sleep(1s);
  }
}

aio::Coro<> bad_handler() {
  try {
    co_await flush();
  } catch (...) {
    // CHECK: :[[@LINE+1]]:10: warning: 'page' is never awaited
    auto page = fetch(1);
  }
}

void bad_lambda() {
  auto work = []() -> aio::Coro<> {
    // CHECK: :[[@LINE+1]]:10: warning: 'page' is never awaited
    auto page = fetch(1);
    co_return;
  };
  aio::run(work());
}

aio::Coro<> bad_container() {
  // CHECK: :[[@LINE+1]]:28: warning: the tasks in 'all' are never awaited, so their work is lost
  std::vector<aio::Coro<>> all;
  for (int number = 0; number < 3; ++number)
    all.push_back(flush());
  co_return;
}

aio::Coro<> bad_holders() {
  // CHECK: :[[@LINE+1]]:30: warning: the tasks in 'maybe' are never awaited
  std::optional<aio::Coro<>> maybe = flush();
  // CHECK: :[[@LINE+1]]:8: warning: the tasks in 'owned' are never awaited
  auto owned = std::make_unique<aio::Coro<>>(flush());
  // CHECK: :[[@LINE+1]]:8: warning: the tasks in 'pair' are never awaited
  auto pair = both();
  // CHECK: :[[@LINE+1]]:14: warning: the tasks in 'tuple' are never awaited
  std::tuple tuple(flush(), 1);
  // CHECK: :[[@LINE+1]]:43: warning: the tasks in 'nested' are never awaited
  std::vector<std::optional<aio::Coro<>>> nested;
  nested.push_back(flush());
  // CHECK: :[[@LINE+1]]:15: warning: the tasks in 'array' are never awaited
  aio::Coro<> array[] = {flush(), flush()};
  // CHECK: :[[@LINE+1]]:30: warning: the tasks in 'standard' are never awaited
  std::array<aio::Coro<>, 2> standard{flush(), flush()};
  co_return;
}

// Overwritten

aio::Coro<> bad_overwritten() {
  // CHECK: :[[@LINE+2]]:8: warning: 'page' is assigned again before it is awaited; the first task is lost
  // CHECK: :[[@LINE+2]]:3: note: assigned again here
  auto page = fetch(1);
  page = fetch(2);
  co_await std::move(page);
}

aio::Coro<> bad_overwritten_and_left() {
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is assigned again before it is awaited
  auto page = fetch(1);
  co_await std::move(page);
  page = fetch(2);
  page = fetch(3);
  co_await std::move(page);
}

aio::Coro<> good_assigned_after_await() {
  auto page = fetch(1);
  co_await std::move(page);
  page = fetch(2);
  co_await std::move(page);
}

mini::task<> good_assigned_to_empty() {
  mini::task<int> found;
  found = lookup();
  co_await std::move(found);
  mini::task<int> other{};
  if (enabled())
    other = lookup();
  co_await std::move(other);
}

// Silent: what a test wants to fail, or to end the process

void good_death_test() {
  EXPECT_DEATH({ auto task = lookup(); }, "");
  EXPECT_DEATH(lookup(), "");
}
