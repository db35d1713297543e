// main.cpp - tasks that functions of another file get
#include "watch.h"

aio::Coro<> flush() { co_await aio::yield(); }

aio::Coro<> bad_only_watched() {
  // CHECK: main.cpp:[[@LINE+1]]:8: warning: 'work' is never awaited, so its work never starts [coro-unawaited-task]
  auto work = flush();
  watch(work);
  // CHECK: main.cpp:[[@LINE+1]]:8: warning: 'other' is never awaited
  auto other = flush();
  watch_through(other);
  co_return;
}

aio::Coro<> good_started() {
  auto work = flush();
  watch(work);
  start(work);
  co_return;
}

aio::Coro<> good_nobody_knows() {
  auto work = flush();
  watch(work);
  defined_nowhere(work);
  co_return;
}
