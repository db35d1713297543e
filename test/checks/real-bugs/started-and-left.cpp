// started-and-left.cpp - work that is awaited on some paths only
//
// RUN: %findings --strict %s %flags | %expect %s
//
// redpanda da3d491ebb (2023): one path returns without the update's future

#include <utility>

#include "task_mock.h"

mini::task<> update_broker(int id);
bool is_leader();

mini::task<bool> bad_early_return(int id) {
  // CHECK: :[[@LINE+1]]:8: warning: 'update' is not awaited on every path
  auto update = update_broker(id);
  if (!is_leader())
    co_return false;
  co_await std::move(update);
  co_return true;
}

mini::task<bool> good_early_return(int id) {
  if (!is_leader())
    co_return false;
  co_await update_broker(id);
  co_return true;
}
