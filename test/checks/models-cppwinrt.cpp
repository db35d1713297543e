// models-cppwinrt.cpp - what corolint knows of C++/WinRT
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <thread>
#include <utility>

#include "cppwinrt_mock.h"

using namespace std::chrono_literals;
using winrt::Windows::Foundation::IAsyncAction;

IAsyncAction work();

IAsyncAction bad_get() {
  // CHECK: :[[@LINE+1]]:10: warning: 'winrt::impl::consume_Windows_Foundation_IAsyncAction::get' stops the event loop in coroutine 'bad_get' until asynchronous work is done [coro-sync-wait]
  work().get();
  co_return;
}

IAsyncAction bad_wait() {
  // CHECK: :[[@LINE+1]]:10: warning: 'winrt::impl::consume_Windows_Foundation_IAsyncAction::wait_for' stops the event loop in coroutine 'bad_wait' until asynchronous work is done [coro-sync-wait]
  work().wait_for(1s);
  co_return;
}

winrt::fire_and_forget bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

IAsyncAction bad_back_on_the_loop(int dispatcher) {
  co_await winrt::resume_background();
  std::this_thread::sleep_for(1s);
  co_await winrt::resume_foreground(dispatcher);
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_back_on_the_loop' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
}

IAsyncAction bad_lock(winrt::slim_mutex &mutex) {
  // CHECK: :[[@LINE+1]]:26: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  winrt::slim_lock_guard guard(mutex);
  co_await work();
}

IAsyncAction bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: the awaitable is never awaited, so its work never starts [coro-discarded-task]
  winrt::resume_after(1s);
  co_return;
}

// It goes on when it is dropped.
IAsyncAction good_left_alone() {
  work();
  auto action = work();
  if (action)
    co_return;
}

IAsyncAction good_ways_to_await() {
  co_await work();
  auto action = work();
  action.wait_for(0s);
  co_await action;
  co_await winrt::resume_after(1s);
}

IAsyncAction good_thread() {
  co_await winrt::resume_background();
  std::this_thread::sleep_for(1s);
  work().get();
}

void good_main() { work().get(); }
