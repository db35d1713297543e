// models-userver.cpp - what corolint knows of userver
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "userver_mock.h"

using namespace std::chrono_literals;
namespace engine = userver::engine;
namespace utils = userver::utils;

int bad_sleep() {
  auto task = utils::Async("work", [] {
    // CHECK: :[[@LINE+1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop in callback lambda in 'bad_sleep' [coro-blocking-call]
    std::this_thread::sleep_for(1s);
    return 1;
  });
  return task.Get();
}

void bad_blocking_wait(engine::TaskWithResult<int> &other) {
  // CHECK: :[[@LINE+1]]:41: warning: 'userver::engine::TaskBase::BlockingWait' stops the event loop in callback lambda in 'bad_blocking_wait' until asynchronous work is done [coro-sync-wait]
  utils::Async("work", [&other] { other.BlockingWait(); }).Get();
}

std::string helper() { return userver::fs::blocking::ReadFileContents("/etc/hosts"); }

void bad_file() {
  // CHECK: :[[@LINE+1]]:28: warning: call of 'helper' blocks the event loop in callback lambda in 'bad_file': it reaches 'userver::fs::blocking::ReadFileContents' [coro-blocking-call]
  engine::AsyncNoSpan([] { helper(); }).Get();
}

void bad_nested_run() {
  // CHECK: :[[@LINE+1]]:28: warning: 'userver::engine::RunStandalone' runs an event loop inside the running one, in callback lambda in 'bad_nested_run' [coro-nested-run]
  engine::AsyncNoSpan([] { engine::RunStandalone([] {}); }).Get();
}

// What suspends the coroutine does not stop the thread.
int good_suspends(engine::Mutex &mutex) {
  auto task = utils::Async("work", [&mutex] {
    std::lock_guard guard(mutex);
    engine::SleepFor(1s);
    auto inner = engine::AsyncNoSpan([] { return 1; });
    return inner.Get();
  });
  task.Wait();
  return task.Get();
}

void good_detached() {
  utils::Async("work", [] { return 1; }).Detach();
}

// A task processor of one's own is where blocking belongs.
int good_processor(engine::TaskProcessor &files) {
  auto text = userver::fs::ReadFileContents(files, "/etc/hosts");
  return utils::Async(files, "read", [] { return int(helper().size()); }).Get();
}

void good_main() { engine::RunStandalone([] {}); }
