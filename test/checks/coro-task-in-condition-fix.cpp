// coro-task-in-condition-fix.cpp - the result is tested in place of the task
//
// RUN: %findings --fixed %s %flags | FileCheck %s

#include "testable_task_mock.h"

namespace t = testable;

t::task<bool> is_admin(int user);
t::task<int> count();
void greet();

// CHECK-LABEL: {{^}}t::task<> conditions(
t::task<> conditions(int user, bool first) {
  // CHECK: {{^  }}if (co_await is_admin(user))
  if (is_admin(user))
    greet();
  // CHECK: {{^  }}if (first && !co_await is_admin(user))
  if (first && !is_admin(user))
    greet();
  // CHECK: {{^  }}int number = co_await is_admin(user) ? 1 : 2;
  int number = is_admin(user) ? 1 : 2;
  // CHECK: {{^  }}if (co_await count() == number)
  if (count() == number)
    greet();
  co_return;
}

// CHECK-LABEL: {{^}}void plain(
void plain(int user) {
  // CHECK: {{^  }}if (is_admin(user))
  if (is_admin(user))
    greet();
}
