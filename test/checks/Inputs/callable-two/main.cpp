// main.cpp - callables that block, given to functions of another file
#include "runner.h"

#include <chrono>
#include <thread>

void nap() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

aio::Coro<> bad_at_once() {
  // CHECK: main.cpp:[[@LINE+1]]:3: warning: call of lambda in 'bad_at_once' blocks the event loop in coroutine 'bad_at_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  at_once([] { nap(); });
  co_return;
}

aio::Coro<> bad_handed_on() {
  // CHECK: main.cpp:[[@LINE+1]]:3: warning: call of lambda in 'bad_handed_on' blocks the event loop in coroutine 'bad_handed_on': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  handed_on([] { nap(); });
  co_return;
}

aio::Coro<> bad_later() {
  // CHECK: main.cpp:[[@LINE+1]]:14: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_later': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  later([] { nap(); });
  co_return;
}

aio::Coro<> good_kept() {
  keep([] { nap(); });
  co_return;
}

aio::Coro<> good_on_a_thread() {
  on_thread([] { nap(); });
  co_return;
}
