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
