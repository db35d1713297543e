// start.cpp - a coroutine at the start of a chain of five
#include <aio/aio.h>

void level1();

aio::Coro<> bad_start() {
  // CHECK: start.cpp:[[@LINE+7]]:3: warning: call of 'level1' blocks the event loop in coroutine 'bad_start': it reaches 'sleep' [coro-blocking-call]
  // CHECK-NEXT: start.cpp:[[@LINE+6]]:3: note: 'bad_start' calls 'level1' here
  // CHECK-NEXT: level1.cpp:4:17: note: 'level1' calls 'level2' here
  // CHECK-NEXT: level2.cpp:4:17: note: 'level2' calls 'level3' here
  // CHECK-NEXT: level3.cpp:4:17: note: 'level3' calls 'level4' here
  // CHECK-NEXT: level4.cpp:4:17: note: 'level4' calls 'level5' here
  // CHECK-NEXT: level5.cpp:4:17: note: 'level5' calls 'sleep' here
  level1();
  co_return;
}

// Awaiting a coroutine that blocks is that coroutine's fault.
aio::Coro<> good_awaiter() { co_await bad_start(); }
