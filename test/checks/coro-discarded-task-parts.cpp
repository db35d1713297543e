// coro-discarded-task-parts.cpp - tasks dropped in parts and other names
//
// RUN: %findings %s %flags | %expect %s

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "installed_macros.h"
#include "task_mock.h"

mini::task<int> lookup();

// Tasks in what is dropped

std::optional<mini::task<int>> maybe();
std::vector<mini::task<>> many();

void bad_containers() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'maybe' returns is never awaited, so its work never starts
  maybe();
  // CHECK: :[[@LINE+1]]:3: warning: what 'many' returns is never awaited
  many();
}

void good_containers(std::vector<mini::task<>> &waiting) {
  std::exchange(waiting, {});
  auto kept = many();
  waiting.swap(kept);
  std::vector<mini::task<>>().swap(waiting);
}

// The last statement of a block in parentheses is its value.
mini::task<> bad_value_of_a_block() {
  // CHECK: :[[@LINE+1]]:6: warning: what 'lookup' returns is never awaited
  ({ lookup(); });
  int found = co_await ({ lookup(); });
  (void)found;
}

mini::task<> bad_temporary_holder() {
  // CHECK: :[[@LINE+1]]:3: warning: the awaitable is never awaited, so its work never starts [coro-discarded-task]
  std::optional<mini::task<int>>{lookup()};
  co_return;
}

// An operation that is put together first

mini::task<> bad_bound() {
  auto later = std::bind(lookup);
  // CHECK: :[[@LINE+1]]:3: warning: what 'later' returns is never awaited, so its work never starts [coro-discarded-task]
  later();
  co_return;
}

mini::task<> bad_macro_of_a_library() {
  // CHECK: :[[@LINE+1]]:15: warning: what 'lookup' returns is never awaited, so its work never starts [coro-discarded-task]
  LIBRARY_RUN(lookup());
  LIBRARY_AWAIT(lookup());
}

mini::task<> bad_arm(bool first) {
  // CHECK: :[[@LINE+1]]:11: warning: what 'lookup' returns is never awaited, so its work never starts [coro-discarded-task]
  first ? lookup() : throw 1;
  co_return;
}

// What starts at once may stand anywhere

mini::job<> background();
bool enabled();

mini::task<> good_eager_in_operators(bool first) {
  first ? background() : background();
  enabled(), background();
  first && (background(), true);
  for (; enabled(); background())
    co_await lookup();
}
