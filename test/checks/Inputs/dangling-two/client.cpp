// client.cpp - what happens to the argument is written elsewhere
#include "store.h"

#include <utility>

aio::Coro<> bad_kept() {
  // CHECK: :[[@LINE+1]]:26: warning: 'key' of 'read_later' refers to a temporary
  auto work = read_later("a");
  co_await std::move(work);
}
aio::Coro<> bad_through_two_files() {
  // CHECK: :[[@LINE+1]]:25: warning: 'key' of 'forwarded' refers to a temporary
  auto work = forwarded("a");
  co_await std::move(work);
}
aio::Coro<> good_never_read() {
  auto work = never_read("a");
  co_await std::move(work);
}
aio::Coro<> good_at_once() { co_await read_later("a"); }

// A function of the other file returns its argument, or takes a task over

aio::Coro<> bad_returned_argument(const std::string &other) {
  // CHECK: :[[@LINE+1]]:33: warning: 'key' of 'read_later' refers to a temporary
  auto work = read_later(either(std::string("a"), other));
  co_await std::move(work);
}
aio::Coro<> good_returned_argument(const std::string &other) {
  co_await read_later(either(std::string("a"), other));
}

void bad_task_started_there() {
  // CHECK: :[[@LINE+1]]:20: warning: 'key' of 'read_later' refers to a temporary
  start(read_later(std::string("a")));
}
aio::Coro<> good_task_awaited_there() { co_await through(read_later(std::string("a"))); }
void good_task_run_there() { finish(read_later(std::string("a"))); }

aio::Coro<> bad_task_awaited_there_later() {
  // CHECK: :[[@LINE+1]]:34: warning: 'key' of 'read_later' refers to a temporary
  auto work = through(read_later(std::string("a")));
  co_await std::move(work);
}
