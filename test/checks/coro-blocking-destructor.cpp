// coro-blocking-destructor.cpp - destructors that wait
// RUN: %findings --strict --check=coro-blocking-destructor %s %flags | %expect %s

#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;

void work();

aio::Coro<> bad_thread() {
  // CHECK: :[[@LINE+1]]:16: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_thread' until its work is done [coro-blocking-destructor]
  std::jthread worker(work);
  co_return;
}

mini::task<> bad_pool() {
  // CHECK: :[[@LINE+1]]:21: warning: 'boost::asio::thread_pool::~thread_pool' runs here and blocks the event loop in coroutine 'bad_pool' until its work is done [coro-blocking-destructor]
  asio::thread_pool pool(2);
  asio::post(pool, work);
  co_return;
}

aio::Coro<> bad_stored_result() {
  // CHECK: :[[@LINE+1]]:8: warning: 'std::future::~future' runs here and blocks the event loop in coroutine 'bad_stored_result' until its work is done [coro-blocking-destructor]
  auto result = std::async(std::launch::async, work);
  co_await aio::sleep(std::chrono::seconds(1));
}

aio::Coro<> bad_executor() {
  // CHECK: :[[@LINE+1]]:27: warning: 'aio::ThreadPoolExecutor::~ThreadPoolExecutor' runs here and blocks the event loop in coroutine 'bad_executor' until its work is done [coro-blocking-destructor]
  aio::ThreadPoolExecutor executor(2);
  co_await aio::sleep(std::chrono::seconds(1));
}

// Members, elements and owners

struct Worker {
  std::jthread thread;
};

aio::Coro<> bad_member() {
  // CHECK: :[[@LINE+1]]:10: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_member' until its work is done [coro-blocking-destructor]
  Worker worker{std::jthread(work)};
  co_return;
}

aio::Coro<> bad_elements() {
  // CHECK: :[[@LINE+1]]:29: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_elements' until its work is done [coro-blocking-destructor]
  std::vector<std::jthread> workers;
  workers.emplace_back(work);
  co_return;
}

aio::Coro<> bad_unique() {
  // CHECK: :[[@LINE+1]]:8: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_unique' until its work is done [coro-blocking-destructor]
  auto worker = std::make_unique<std::jthread>(work);
  co_return;
}

void run_in_pool() {
  asio::thread_pool pool;
  asio::post(pool, work);
}

aio::Coro<> bad_through_a_call() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'run_in_pool' blocks the event loop in coroutine 'bad_through_a_call': it reaches 'boost::asio::thread_pool::~thread_pool', which waits until its work is done [coro-blocking-destructor]
  run_in_pool();
  co_return;
}

// Given away, let go, or done with

void keep(std::jthread worker);

aio::Coro<> good_moved() {
  std::jthread worker(work);
  keep(std::move(worker));
  co_return;
}

// The closure is moved on, and what it holds with it.
aio::Coro<> good_moved_into_a_closure() {
  auto worker = std::make_unique<std::jthread>(work);
  std::thread([worker = std::move(worker)] { work(); }).detach();
  co_return;
}

aio::Coro<> good_detached() {
  std::jthread worker(work);
  worker.detach();
  co_return;
}

// The call of join() is what blocks.
aio::Coro<> good_joined() {
  std::jthread worker(work);
  worker.join();
  co_return;
}

// All its work has been awaited.
aio::Coro<int> good_awaited_work(aio::Loop &loop) {
  aio::ThreadPoolExecutor executor(2);
  co_await loop.run_in_executor(&executor, work);
  co_return co_await loop.run_in_executor(&executor, [] { return 1; });
}

aio::Coro<> bad_more_work(aio::Loop &loop) {
  // CHECK: :[[@LINE+1]]:27: warning: 'aio::ThreadPoolExecutor::~ThreadPoolExecutor' runs here
  aio::ThreadPoolExecutor executor(2);
  auto task = loop.run_in_executor(&executor, work);
  co_await aio::sleep(std::chrono::seconds(1));
}

void good_plain_function() { std::jthread worker(work); }

aio::Coro<> good_on_a_thread() {
  co_await aio::to_thread([] { std::jthread worker(work); });
}

aio::Coro<> bad_detached_on_one_path(bool let_go) {
  // CHECK: :[[@LINE+1]]:16: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_detached_on_one_path' until its work is done [coro-blocking-destructor]
  std::jthread worker(work);
  if (let_go)
    worker.detach();
  co_return;
}

// A frame that is destroyed while it is suspended has no path in the graph, but
// the end of the scope is reported all the same. What another function returns:
std::jthread make_worker();
aio::Coro<std::jthread> good_returned() { co_return make_worker(); }

// What leaves the function, holds nothing, or is let go through its owner

aio::Coro<std::jthread> good_given_to_the_caller() {
  std::jthread worker(work);
  co_return worker;
}

std::jthread good_returned_by_name() {
  std::jthread worker(work);
  return worker;
}
aio::Coro<std::jthread> good_passes_it_on() {
  auto worker = good_returned_by_name();
  co_return std::move(worker);
}

aio::Coro<> good_empty() {
  std::jthread worker;
  std::vector<std::jthread> workers;
  std::optional<std::jthread> perhaps;
  co_return;
}

aio::Coro<> bad_filled() {
  // CHECK: :[[@LINE+1]]:16: warning: 'std::jthread::~jthread' runs here and blocks
  std::jthread worker;
  worker = std::jthread(work);
  // CHECK: :[[@LINE+1]]:31: warning: 'std::jthread::~jthread' runs here and blocks
  std::optional<std::jthread> perhaps;
  perhaps.emplace(work);
  // CHECK: :[[@LINE+1]]:32: warning: 'std::jthread::~jthread' runs here and blocks
  std::pair<int, std::jthread> pair;
  pair.second = std::jthread(work);
  co_return;
}

aio::Coro<> good_conditional(bool wanted) {
  std::optional<std::jthread> worker;
  if (wanted)
    worker.emplace(work);
  if (worker)
    worker->detach();
  co_return;
}

aio::Coro<> good_released() {
  auto worker = std::make_unique<std::jthread>(work);
  keep(std::move(*worker.release()));
  co_return;
}

aio::Coro<> bad_temporary() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_temporary' until its work is done [coro-blocking-destructor]
  std::jthread{work};
  co_return;
}

struct Pump : Worker {};

aio::Coro<> bad_base() {
  // CHECK: :[[@LINE+1]]:8: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_base' until its work is done [coro-blocking-destructor]
  Pump pump;
  pump.thread = std::jthread(work);
  co_return;
}

// A context without threads of its own has nothing to wait for.
aio::Coro<> good_context() {
  asio::io_context context;
  co_return;
}

// On the way of an exception nobody lets it go.
aio::Coro<> known_miss_exception() {
  std::jthread worker(work);
  co_await aio::sleep(std::chrono::seconds(1));
  worker.detach();
}
