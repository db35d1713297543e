// models-drogon.cpp - what corolint knows of drogon
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "drogon_mock.h"

using namespace std::chrono_literals;

drogon::Task<int> work();

drogon::Task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

drogon::AsyncTask bad_sleep_in_async_task() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep_in_async_task' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

// CHECK: :[[@LINE+1]]:47: warning: 'drogon::sync_wait' stops the event loop in coroutine 'bad_sync_wait' until asynchronous work is done [coro-sync-wait]
drogon::Task<int> bad_sync_wait() { co_return drogon::sync_wait(work()); }

drogon::Task<> bad_client(drogon::HttpClient &client) {
  // CHECK: :[[@LINE+1]]:10: warning: 'drogon::HttpClient::sendRequest' blocks the event loop in coroutine 'bad_client' [coro-blocking-call]
  client.sendRequest("/");
  // CHECK: :[[@LINE+1]]:10: warning: 'drogon::HttpClient::sendRequest' blocks the event loop in coroutine 'bad_client' [coro-blocking-call]
  client.sendRequest("/", 5.0);
  co_return;
}

drogon::Task<> bad_database(drogon::orm::DbClient &database, drogon::orm::Mapper<int> &mapper) {
  // CHECK: :[[@LINE+1]]:12: warning: 'drogon::orm::DbClient::execSqlSync' blocks the event loop in coroutine 'bad_database' [coro-blocking-call]
  database.execSqlSync("select 1");
  // CHECK: :[[@LINE+1]]:10: warning: 'drogon::orm::Mapper::findOne' blocks the event loop in coroutine 'bad_database' [coro-blocking-call]
  mapper.findOne("id = 1");
  co_return;
}

drogon::Task<> bad_nested_run(trantor::EventLoop &loop) {
  // CHECK: :[[@LINE+1]]:8: warning: 'trantor::EventLoop::loop' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  loop.loop();
  co_return;
}

drogon::Task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  // CHECK: :[[@LINE+1]]:3: warning: what 'drogon::sleepCoro' returns is never awaited, so its work never starts [coro-discarded-task]
  drogon::sleepCoro(nullptr, 1);
  co_return;
}

drogon::Task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  co_return;
}

drogon::Task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

void bad_callback(trantor::EventLoop &loop) {
  // CHECK: :[[@LINE+1]]:25: warning: 'std::this_thread::sleep_for' blocks the event loop in callback lambda in 'bad_callback' [coro-blocking-call]
  loop.queueInLoop([] { std::this_thread::sleep_for(1s); });
}

drogon::Task<> good_ways_to_await(trantor::EventLoop *loop) {
  co_await work();
  auto task = work();
  co_await task;
  co_await drogon::sleepCoro(loop, 1);
  drogon::async_run([]() -> drogon::Task<> { co_await work(); });
  drogon::async_run(work());
}

drogon::Task<> good_client(drogon::HttpClient &client, drogon::orm::Mapper<int> &mapper,
                           drogon::orm::DbClient &database) {
  client.sendRequest("/", [](int, const drogon::Response &) {});
  mapper.findOne("id = 1", [](int) {}, [](int) {});
  co_await client.sendRequestCoro("/");
  co_await database.execSqlCoro("select 1");
}

void good_queue(trantor::ConcurrentTaskQueue &queue) {
  queue.runTaskInQueue([] { std::this_thread::sleep_for(1s); });
}

int good_main() { return drogon::sync_wait(work()); }

// The instance returns a task only because it waited for a task of tasks.
int good_task_of_tasks(drogon::Task<drogon::Task<int>> outer) {
  auto inner = drogon::sync_wait(outer);
  return drogon::sync_wait(inner);
}
