// coro-discarded-task-parts.cpp - tasks that are dropped as parts of something
//
// RUN: %findings %s %flags | %expect %s

#include <optional>
#include <utility>
#include <vector>

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
