// coro-scope-without-await.cpp - limits on what never suspends
//
// RUN: %findings --check=coro-scope-without-await %s %flags | %expect %s

#include <aio/aio.h>

using namespace std::chrono_literals;

void compute();
aio::Coro<int> fetch();
aio::Coro<int> declared();

aio::Coro<> bad_timeout() {
  // CHECK: :[[@LINE+2]]:12: warning: what 'timeout' runs never suspends, so it can never be cancelled [coro-scope-without-await]
  // CHECK-NEXT: :[[@LINE+1]]:29: note: there is no co_await in it
  co_await aio::timeout(1s, [](aio::Timeout &) -> aio::Coro<> {
    for (int i = 0; i < 1000; ++i)
      compute();
    co_return;
  });
}

aio::Coro<> bad_generic_lambda() {
  // CHECK: :[[@LINE+1]]:12: warning: what 'timeout' runs never suspends
  co_await aio::timeout(1s, [](auto &) -> aio::Coro<> {
    compute();
    co_return;
  });
}

aio::Coro<int> sum(int upto) {
  int result = 0;
  for (int i = 0; i < upto; ++i)
    result += i;
  co_return result;
}

aio::Coro<> bad_wait_for() {
  // CHECK: :[[@LINE+1]]:12: warning: what 'wait_for' runs never suspends
  co_await aio::wait_for(sum(1000), 1s);
  auto later = sum(1000);
  // CHECK: :[[@LINE+1]]:12: warning: what 'wait_for' runs never suspends
  co_await aio::wait_for(std::move(later), 1s);
}

aio::Coro<> bad_group() {
  // CHECK: :[[@LINE+1]]:12: warning: nothing in the body of 'with_task_group' starts a task or suspends, so it waits for nothing
  co_await aio::with_task_group([](aio::TaskGroup &) -> aio::Coro<> {
    compute();
    co_return;
  });
}

aio::Coro<> good_suspends() {
  co_await aio::timeout(1s, [](aio::Timeout &) -> aio::Coro<> {
    compute();
    co_await aio::yield();
    compute();
  });
  co_await aio::wait_for(fetch(), 1s);
}

aio::Coro<> good_on_some_path(bool slow) {
  co_await aio::timeout(1s, [&](aio::Timeout &) -> aio::Coro<> {
    if (slow)
      co_await aio::sleep(2s);
  });
}

aio::Coro<> good_group_with_tasks() {
  co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
    group.create_task(fetch());
    co_return;
  });
}

aio::Coro<> good_awaits_in_a_helper() {
  co_await aio::timeout(1s, [](aio::Timeout &) { return good_suspends(); });
}

aio::Coro<> good_nobody_knows_what_it_does() {
  co_await aio::wait_for(declared(), 1s);
}

// Not reported: what it awaits never suspends either.
aio::Coro<> known_miss_awaits_what_never_suspends() {
  co_await aio::timeout(1s, [](aio::Timeout &) -> aio::Coro<> {
    co_await sum(1000);
  });
}

// The limit is passed on, and nothing of it suspends.
void compute_within(aio::Timeout &limit);
aio::Coro<> bad_passed_on() {
  // CHECK: :[[@LINE+1]]:12: warning: what 'timeout' runs never suspends, so it can never be cancelled [coro-scope-without-await]
  co_await aio::timeout(1s, [](aio::Timeout &limit) -> aio::Coro<> {
    compute_within(limit);
    co_return;
  });
}
