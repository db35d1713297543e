// coro-sync-wait-strict.cpp - waits that are probable
//
// RUN: %findings --strict %s %flags | %expect %s
// RUN: %findings %s %flags | FileCheck --allow-empty --check-prefix=DEFAULT %s
// DEFAULT-NOT: warning:

#include <future>
#include <utility>
#include <vector>

#include <aio/aio.h>

int work();

aio::Coro<> bad_stored_async() {
  // CHECK: :[[@LINE+1]]:8: warning: 'std::future::~future' runs here and blocks the event loop in coroutine 'bad_stored_async' until its work is done [coro-blocking-destructor]
  auto future = std::async(std::launch::async, work);
  co_return;
}

aio::Coro<> bad_stored_async_on_one_path(bool ask) {
  // CHECK: :[[@LINE+1]]:20: warning: 'std::future::~future' runs here and blocks the event loop in coroutine 'bad_stored_async_on_one_path' until its work is done [coro-blocking-destructor]
  std::future<int> future = std::async(std::launch::async, work);
  if (ask && future.valid())
    co_return;
  co_await aio::sleep(std::chrono::seconds(1));
}

aio::Coro<> good_moved_async(std::vector<std::future<int>> &futures) {
  auto future = std::async(std::launch::async, work);
  futures.push_back(std::move(future));
  futures.push_back(std::async(std::launch::async, work));
  co_return;
}

// Another thread waits for it, through a lambda that only refers to it.
aio::Coro<> good_joined_by_a_lambda() {
  auto future = std::async(std::launch::async, work);
  co_await aio::to_thread([&] { future.wait(); });
}

void good_plain_function() { auto future = std::async(std::launch::async, work); }
