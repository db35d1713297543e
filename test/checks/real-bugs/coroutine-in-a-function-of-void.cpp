// coroutine-in-a-function-of-void.cpp - a wrapper drops the task of a lambda
//
// RUN: %findings %s %flags | %expect %s
//
// scylladb c26499b72e (2026): the code after the first await ran against a local that was gone

#include <functional>
#include <vector>

#include "seastar_mock.h"

struct Rows {
  void for_each_dropping(const std::function<void(int)> &function);
  seastar::future<> for_each_waiting(std::function<seastar::future<>(int)> function);
};
seastar::future<> store(int row, int &count);

seastar::future<int> bad_drops(Rows &rows) {
  int count = 0;
  // CHECK: :[[@LINE+1]]:26: warning: {{.*}}[coro-task-as-void-callback]
  rows.for_each_dropping([&count](int row) -> seastar::future<> {
    co_await store(row, count);
  });
  co_return count;
}

seastar::future<int> good_waits(Rows &rows) {
  int count = 0;
  co_await rows.for_each_waiting([&count](int row) { return store(row, count); });
  co_return count;
}
