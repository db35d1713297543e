// even.cpp - the half of the cycle that blocks, and who enters it
#include <aio/aio.h>
#include <unistd.h>

void odd(int number);

void even(int number) {
  if (number > 0)
    odd(number - 1);
  else
    sleep(1);
}

aio::Coro<> bad_enters_the_cycle() {
  // CHECK: even.cpp:[[@LINE+3]]:3: warning: call of 'even' blocks the event loop in coroutine 'bad_enters_the_cycle': it reaches 'sleep'
  // CHECK-NEXT: even.cpp:[[@LINE+2]]:3: note: 'bad_enters_the_cycle' calls 'even' here
  // CHECK-NEXT: even.cpp:11:5: note: 'even' calls 'sleep' here
  even(4);
  // CHECK: even.cpp:[[@LINE+4]]:3: warning: call of 'odd' blocks the event loop in coroutine 'bad_enters_the_cycle': it reaches 'sleep'
  // CHECK-NEXT: even.cpp:[[@LINE+3]]:3: note: 'bad_enters_the_cycle' calls 'odd' here
  // CHECK-NEXT: odd.cpp:6:5: note: 'odd' calls 'even' here
  // CHECK-NEXT: even.cpp:11:5: note: 'even' calls 'sleep' here
  odd(3);
  co_return;
}
