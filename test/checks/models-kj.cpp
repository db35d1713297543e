// models-kj.cpp - what corolint knows of KJ
//
// RUN: %findings %s %flags | %expect %s
// RUN: %findings --strict --check=coro-detached-unobserved %s %flags | FileCheck %s --check-prefix=DETACHED --implicit-check-not=warning:

#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "kj_mock.h"

using namespace std::chrono_literals;

kj::Promise<int> work();
kj::Promise<void> action();

// CHECK: :[[@LINE+1]]:68: warning: 'kj::Promise::wait' stops the event loop in coroutine 'bad_wait' until asynchronous work is done [coro-sync-wait]
kj::Promise<int> bad_wait(kj::WaitScope &scope) { co_return work().wait(scope); }

kj::Promise<void> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

kj::Promise<void> bad_nested_run(kj::EventLoop &loop) {
  // CHECK: :[[@LINE+1]]:8: warning: 'kj::EventLoop::run' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  loop.run();
  co_return;
}

kj::Promise<void> bad_lock(kj::MutexGuarded<int> &guarded) {
  // CHECK: :[[@LINE+1]]:8: warning: 'locked' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  auto locked = guarded.lockExclusive();
  co_await work();
}

void bad_callback() {
  // CHECK: :[[@LINE+1]]:22: warning: 'std::this_thread::sleep_for' blocks the event loop in callback lambda in 'bad_callback' [coro-blocking-call]
  action().then([] { std::this_thread::sleep_for(1s); })
      .detach([](auto &&exception) { exception.log(); });
}

kj::Promise<int> good_ways_to_await(kj::TaskSet &tasks) {
  co_await action();
  auto promise = work();
  tasks.add(action());
  action().detach([](auto &&exception) { exception.log(); });
  co_return co_await std::move(promise);
}

kj::Promise<void> good_unlocked(kj::MutexGuarded<int> &guarded) {
  { auto locked = guarded.lockExclusive(); }
  co_await work();
}

// A fibre has a stack of its own and may wait.
kj::Promise<int> good_fiber() {
  return kj::startFiber(65536, [](kj::WaitScope &scope) { return work().wait(scope); });
}

kj::Promise<void> good_thread() {
  auto *thread = new kj::Thread([] { std::this_thread::sleep_for(1s); });
  co_await action();
  (void)thread;
}

int good_main(kj::WaitScope &scope) { return work().wait(scope); }

// A promise runs at once, to its first suspension

void use(const std::string &text);
std::string name();
kj::Promise<void> reads(const std::string &text) {
  co_await work();
  use(text);
}
kj::Promise<void> copies(const std::string &text) {
  use(text);
  co_await work();
}

kj::Promise<void> bad_temporary() {
  // CHECK: :[[@LINE+1]]:16: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  return reads(name());
}
void bad_kept_by_a_set(kj::TaskSet &tasks) {
  // CHECK: :[[@LINE+1]]:19: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  tasks.add(reads(name()));
}
kj::Promise<void> good_temporaries() {
  co_await reads(name());
  co_await copies(name());
}

// A continuation is destroyed when it has returned its promise

kj::Promise<void> bad_continuations(int number) {
  // CHECK: :[[@LINE+1]]:26: warning: this call drops the coroutine lambda as soon as it has returned a task; its captures die with it [coro-lambda-capture]
  co_await kj::evalLater([number]() -> kj::Promise<void> {
    co_await work();
    use(std::to_string(number));
  });
  // CHECK: :[[@LINE+1]]:26: warning: this call drops the coroutine lambda as soon as it has returned a task; its captures die with it [coro-lambda-capture]
  co_await action().then([number]() -> kj::Promise<void> {
    co_await work();
    use(std::to_string(number));
  });
}
kj::Promise<void> good_continuations(int number) {
  co_await kj::evalLater(kj::coCapture([number]() -> kj::Promise<void> {
    co_await work();
    use(std::to_string(number));
  }));
  co_await action().then([number] { use(std::to_string(number)); });
}

struct Server {
  kj::Promise<void> serve() {
    co_await work();
    use(std::to_string(number));
  }
  void good_set_of_the_object() { tasks.add(serve()); }
  int number = 0;
  kj::TaskSet tasks;
};

// The handler that detach() asks for sees the errors, if it looks.
void note(const void *exception);
void good_handler() {
  action().detach([](auto &&exception) { note(&exception); });
}
void bad_handler() {
  // DETACHED: :[[@LINE+1]]:19: warning: this handler does not look at the error of the task that 'kj::Promise::detach' starts: it is lost [coro-detached-unobserved]
  action().detach([](auto &&) {});
}
