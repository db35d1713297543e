// coro-sync-wait.cpp - waiting on the loop for asynchronous work
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <future>
#include <thread>
#include <utility>

#include <aio/aio.h>

#include "asio_mock.h"
#include "asio_use_future_mock.h"
#include "task_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;

int work();

// Direct

// CHECK: :[[@LINE+1]]:68: warning: 'std::future::get' stops the event loop in coroutine 'bad_get' until asynchronous work is done [coro-sync-wait]
aio::Coro<int> bad_get(std::future<int> future) { co_return future.get(); }

aio::Coro<> bad_wait(std::future<int> future, std::shared_future<int> shared) {
  // CHECK: :[[@LINE+1]]:10: warning: 'std::future::wait' stops the event loop in coroutine 'bad_wait' until asynchronous work is done [coro-sync-wait]
  future.wait();
  // CHECK: :[[@LINE+1]]:10: warning: 'std::shared_future::wait_for' stops the event loop in coroutine 'bad_wait' until asynchronous work is done [coro-sync-wait]
  shared.wait_for(1s);
  // CHECK: :[[@LINE+1]]:10: warning: 'std::shared_future::wait_until' stops the event loop in coroutine 'bad_wait' until asynchronous work is done [coro-sync-wait]
  shared.wait_until(std::chrono::steady_clock::now() + 1s);
  co_return;
}

// CHECK: :[[@LINE+1]]:84: warning: 'aio::ThreadFuture::get' stops the event loop in coroutine 'bad_thread_future' until asynchronous work is done [coro-sync-wait]
aio::Coro<int> bad_thread_future(aio::ThreadFuture<int> future) { co_return future.get(); }

mini::task<int> bad_in_any_coroutine(std::promise<int> &promise) {
  // CHECK: :[[@LINE+1]]:34: warning: 'std::future::get' stops the event loop in coroutine 'bad_in_any_coroutine' until asynchronous work is done [coro-sync-wait]
  co_return promise.get_future().get();
}

int good_plain_function(std::future<int> future) { return future.get(); }

aio::Coro<int> good_await(aio::Future<int> future) { co_return co_await future; }

asio::awaitable<void> other() { co_return; }

asio::awaitable<void> bad_spawned_work(asio::io_context &context) {
  // CHECK: :[[@LINE+1]]:54: warning: 'std::future::get' stops the event loop in coroutine 'bad_spawned_work' until asynchronous work is done [coro-sync-wait]
  asio::co_spawn(context, other(), asio::use_future).get();
  co_return;
}

asio::awaitable<void> bad_pool(asio::thread_pool &pool) {
  // CHECK: :[[@LINE+1]]:8: warning: 'boost::asio::thread_pool::join' stops the event loop in coroutine 'bad_pool' until asynchronous work is done [coro-sync-wait]
  pool.join();
  co_return;
}

// Through calls

template <class T> T block_on(std::future<T> future) { return future.get(); }
struct Lazy {
  std::future<int> future;
  operator int() { return future.get(); }
};

// CHECK: :[[@LINE+1]]:64: warning: call of 'block_on<int>' stops the event loop in coroutine 'bad_helper' until asynchronous work is done: it reaches 'std::future::get' [coro-sync-wait]
aio::Coro<int> bad_helper(std::future<int> future) { co_return block_on(std::move(future)); }

aio::Coro<int> bad_conversion(Lazy lazy) {
  // CHECK: :[[@LINE+1]]:15: warning: call of 'Lazy::operator int' stops the event loop in coroutine 'bad_conversion' until asynchronous work is done: it reaches 'std::future::get' [coro-sync-wait]
  int value = lazy;
  co_return value;
}

void bad_callback(aio::Loop &loop, std::shared_future<int> future) {
  // CHECK: :[[@LINE+1]]:36: warning: 'std::shared_future::wait' stops the event loop in callback lambda in 'bad_callback' until asynchronous work is done [coro-sync-wait]
  loop.call_soon([future] { future.wait(); });
}

aio::Coro<int> good_elsewhere(std::shared_future<int> future) {
  co_return co_await aio::to_thread([future] { return future.get(); });
}

// Provably done

aio::Coro<int> good_ready(std::future<int> future) {
  if (future.wait_for(0s) == std::future_status::ready)
    co_return future.get();
  co_return 0;
}

aio::Coro<int> good_polled(std::future<int> future) {
  while (future.wait_for(0s) != std::future_status::ready)
    co_await aio::sleep(1ms);
  co_return future.get();
}

aio::Coro<int> bad_not_ready(std::future<int> future) {
  if (future.wait_for(0s) != std::future_status::ready)
    // CHECK: :[[@LINE+1]]:22: warning: 'std::future::get' stops the event loop in coroutine 'bad_not_ready' until asynchronous work is done [coro-sync-wait]
    co_return future.get();
  co_return 0;
}

aio::Coro<int> bad_ready_on_one_path(std::future<int> future, bool ask) {
  if (ask && future.wait_for(0s) != std::future_status::ready)
    co_return 0;
  // CHECK: :[[@LINE+1]]:20: warning: 'std::future::get' stops the event loop in coroutine 'bad_ready_on_one_path' until asynchronous work is done [coro-sync-wait]
  co_return future.get();
}

aio::Coro<int> bad_asked_another(std::future<int> first, std::future<int> second) {
  if (first.wait_for(0s) == std::future_status::ready)
    // CHECK: :[[@LINE+1]]:22: warning: 'std::future::get' stops the event loop in coroutine 'bad_asked_another' until asynchronous work is done [coro-sync-wait]
    co_return second.get();
  co_return 0;
}

aio::Coro<int> bad_waits_once(std::future<int> future) {
  // CHECK: :[[@LINE+1]]:10: warning: 'std::future::wait' stops the event loop in coroutine 'bad_waits_once' until asynchronous work is done [coro-sync-wait]
  future.wait();
  co_return future.get();
}

aio::Coro<int> bad_assigned_again(std::future<int> future, std::promise<int> &promise) {
  if (future.wait_for(0s) != std::future_status::ready)
    co_return 0;
  future = promise.get_future();
  // CHECK: :[[@LINE+1]]:20: warning: 'std::future::get' stops the event loop in coroutine 'bad_assigned_again' until asynchronous work is done [coro-sync-wait]
  co_return future.get();
}

// The future of std::async waits when it dies

aio::Coro<> bad_discarded_async() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::future::~future' stops the event loop in coroutine 'bad_discarded_async' until asynchronous work is done [coro-sync-wait]
  std::async(std::launch::async, work);
  // CHECK: :[[@LINE+1]]:9: warning: 'std::future::~future' stops the event loop in coroutine 'bad_discarded_async' until asynchronous work is done [coro-sync-wait]
  (void)std::async(work);
  co_return;
}

aio::Coro<std::future<int>> good_kept_async() {
  auto future = std::async(std::launch::async, work);
  co_return future;
}

aio::Coro<> good_deferred_async() {
  (void)std::async(std::launch::deferred, work);
  co_return;
}

// A library that hides its wait from corolint needs a model.
mini::task<int> lookup();
aio::Coro<int> known_miss_unmodelled() { co_return mini::sync_wait(lookup()); }

// Its body says it, where it can be read. A function object is known by its
// variable.
namespace folly::coro {
struct blocking_wait_fn {
  template <class T> void operator()(T &&) const;
};
inline constexpr blocking_wait_fn blocking_wait{};
inline constexpr const blocking_wait_fn &blockingWait = blocking_wait;
} // namespace folly::coro

mini::task<> bad_function_object() {
  // CHECK: :[[@LINE+1]]:3: warning: 'folly::coro::blocking_wait' stops the event loop in coroutine 'bad_function_object' until asynchronous work is done [coro-sync-wait]
  folly::coro::blocking_wait(lookup());
  // CHECK: :[[@LINE+1]]:3: warning: 'folly::coro::blockingWait' stops the event loop in coroutine 'bad_function_object' until asynchronous work is done [coro-sync-wait]
  folly::coro::blockingWait(lookup());
  co_return;
}

// Ways to ask first

template <class T> bool is_ready(const std::future<T> &future) {
  return future.valid() && future.wait_for(0s) == std::future_status::ready;
}

aio::Coro<int> good_asked_by_helper(std::future<int> future) {
  while (!is_ready(future))
    co_await aio::sleep(1ms);
  co_return future.get();
}

aio::Coro<int> good_status_kept(std::future<int> first, std::future<int> second) {
  auto status = first.wait_for(0s);
  bool done = second.wait_for(0s) == std::future_status::ready;
  if (status == std::future_status::ready)
    co_return first.get();
  if (done)
    co_return second.get();
  co_return 0;
}

aio::Coro<int> good_no_timeout(std::future<int> future) {
  if (future.wait_for(0s) == std::future_status::timeout)
    co_return 0;
  co_return future.get();
}

aio::Coro<int> good_asked_both(std::future<int> first, std::future<int> second) {
  if (first.wait_for(0s) == std::future_status::ready &&
      second.wait_for(0s) == std::future_status::ready)
    co_return first.get() + second.get();
  if (!first.valid() || first.wait_for(0s) != std::future_status::ready)
    co_return 0;
  co_return first.get();
}

aio::Coro<int> bad_asked_the_wrong_way(std::future<int> future) {
  if (future.wait_for(0s) == std::future_status::timeout)
    // CHECK: :[[@LINE+1]]:22: warning: 'std::future::get' stops the event loop in coroutine 'bad_asked_the_wrong_way' until asynchronous work is done [coro-sync-wait]
    co_return future.get();
  co_return 0;
}

aio::Coro<int> bad_asked_one(std::future<int> first, std::future<int> second) {
  if (first.wait_for(0s) == std::future_status::ready || second.valid())
    // CHECK: :[[@LINE+1]]:21: warning: 'std::future::get' stops the event loop in coroutine 'bad_asked_one' until asynchronous work is done [coro-sync-wait]
    co_return first.get();
  co_return 0;
}

aio::Coro<int> bad_waits_before_it_asks(std::future<int> future) {
  // CHECK: :[[@LINE+1]]:14: warning: 'std::future::wait_for' stops the event loop in coroutine 'bad_waits_before_it_asks' until asynchronous work is done [coro-sync-wait]
  if (future.wait_for(5s) == std::future_status::ready)
    co_return future.get();
  co_return 0;
}

aio::Coro<int> bad_status_of_another(std::future<int> first, std::future<int> second) {
  auto status = first.wait_for(0s);
  if (status == std::future_status::timeout)
    status = second.wait_for(0s);
  if (status == std::future_status::ready)
    // CHECK: :[[@LINE+1]]:21: warning: 'std::future::get' stops the event loop in coroutine 'bad_status_of_another' until asynchronous work is done [coro-sync-wait]
    co_return first.get();
  co_return 0;
}

// Its result is there already

aio::Coro<int> good_set_before() {
  std::promise<int> promise;
  auto future = promise.get_future();
  promise.set_value(1);
  co_return future.get();
}

aio::Coro<int> good_called_before(std::packaged_task<int()> call) {
  call();
  co_return call.get_future().get();
}

aio::Coro<int> bad_set_on_one_path(bool now) {
  std::promise<int> promise;
  auto future = promise.get_future();
  if (now)
    promise.set_value(1);
  // CHECK: :[[@LINE+1]]:20: warning: 'std::future::get' stops
  co_return future.get();
}

aio::Coro<int> bad_set_afterwards() {
  std::promise<int> promise;
  auto future = promise.get_future();
  // CHECK: :[[@LINE+1]]:22: warning: 'std::future::get' stops
  int value = future.get();
  promise.set_value(1);
  co_return value;
}

// Test code of other libraries: a promise that a thread sets is waited for.
aio::Coro<int> bad_set_by_a_thread(std::promise<int> &promise) {
  auto future = promise.get_future();
  std::thread([&] { promise.set_value(1); }).detach();
  // CHECK: :[[@LINE+1]]:20: warning: 'std::future::get' stops
  co_return future.get();
}

// Behind an interface, and where a program ends

struct AnyFuture {
  virtual ~AnyFuture() = default;
  virtual int get() = 0;
};
struct HeldFuture final : AnyFuture {
  std::future<int> future;
  int get() override { return future.get(); }
};

aio::Coro<int> bad_erased(AnyFuture &any) {
  // CHECK: :[[@LINE+1]]:17: warning: call of 'HeldFuture::get' stops the event loop in coroutine 'bad_erased' until asynchronous work is done: it reaches 'std::future::get' [coro-sync-wait]
  co_return any.get();
}

struct Service {
  std::future<void> done;
  void stop() {
    if (done.valid())
      done.get();
  }
};
void good_shutdown(Service &service) { service.stop(); }
