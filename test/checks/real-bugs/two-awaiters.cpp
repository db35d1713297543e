// two-awaiters.cpp - a task that gives its result once is awaited twice
//
// RUN: %findings --strict %s %flags | %expect %s
//
// qcoro 0f3beba (2022): the wrong awaiter was resumed twice

#include <utility>

#include "task_mock.h"

mini::task<int> load();

mini::task<int> bad_twice() {
  auto work = load();
  int first = co_await std::move(work);
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[coro-double-await]
  int second = co_await std::move(work);
  co_return first + second;
}

mini::task<int> good_once() {
  int value = co_await load();
  co_return value + value;
}
