// models-clients.cpp - what corolint knows of clients and systems
//
// RUN: %findings --strict %s %flags | %expect %s

#include <chrono>
#include <thread>

#include "clients_mock.h"
#include "task_mock.h"

using namespace std::chrono_literals;

mini::task<> work();

mini::task<> bad_curl(CURL *easy, CURLM *multi) {
  // CHECK: :[[@LINE+1]]:3: warning: 'curl_easy_perform' blocks the event loop in coroutine 'bad_curl' [coro-blocking-call]
  curl_easy_perform(easy);
  // CHECK: :[[@LINE+1]]:3: warning: 'curl_multi_poll' blocks the event loop in coroutine 'bad_curl' [coro-blocking-call]
  curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  co_return;
}

mini::task<> good_curl(CURLM *multi) {
  int running = 0;
  curl_multi_perform(multi, &running);
  curl_multi_poll(multi, nullptr, 0, 0, nullptr);
  co_return;
}

mini::task<> bad_databases(PGconn *connection, sqlite3_stmt *statement, CassFuture *future) {
  // CHECK: :[[@LINE+1]]:3: warning: 'PQexec' blocks the event loop in coroutine 'bad_databases' [coro-blocking-call]
  PQexec(connection, "select 1");
  // CHECK: :[[@LINE+1]]:3: warning: 'PQgetResult' blocks the event loop in coroutine 'bad_databases' [coro-blocking-call]
  PQgetResult(connection);
  // CHECK: :[[@LINE+1]]:3: warning: 'sqlite3_step' blocks the event loop in coroutine 'bad_databases' [coro-blocking-call]
  sqlite3_step(statement);
  // CHECK: :[[@LINE+1]]:3: warning: 'cass_future_wait' stops the event loop in coroutine 'bad_databases' until asynchronous work is done [coro-sync-wait]
  cass_future_wait(future);
  co_return;
}

mini::task<> good_databases(PGconn *connection, CassFuture *future) {
  PQsendQuery(connection, "select 1");
  if (cass_future_ready(future))
    cass_future_wait(future);
  co_return;
}

mini::task<> bad_pqxx(const char *options) {
  // CHECK: :[[@LINE+1]]:20: warning: 'pqxx::connection::connection' blocks the event loop in coroutine 'bad_pqxx' [coro-blocking-call]
  pqxx::connection connection(options);
  pqxx::work transaction(connection);
  // CHECK: :[[@LINE+1]]:15: warning: 'pqxx::transaction_base::exec' blocks the event loop in coroutine 'bad_pqxx' [coro-blocking-call]
  transaction.exec("select 1");
  co_return;
}

mini::task<> bad_http(httplib::Client &client) {
  // CHECK: :[[@LINE+1]]:10: warning: 'httplib::Client::Get' blocks the event loop in coroutine 'bad_http' [coro-blocking-call]
  client.Get("/");
  co_return;
}

mini::task<> bad_messages(void *socket, rd_kafka_t *client, char *buffer) {
  // CHECK: :[[@LINE+1]]:3: warning: 'zmq_recv' blocks the event loop in coroutine 'bad_messages' [coro-blocking-call]
  zmq_recv(socket, buffer, 10, 0);
  // CHECK: :[[@LINE+1]]:3: warning: 'rd_kafka_poll' blocks the event loop in coroutine 'bad_messages' [coro-blocking-call]
  rd_kafka_poll(client, 100);
  co_return;
}

mini::task<> good_messages(void *socket, rd_kafka_t *client, char *buffer) {
  zmq_recv(socket, buffer, 10, ZMQ_DONTWAIT);
  rd_kafka_poll(client, 0);
  co_return;
}

// With a memory BIO it does not block, which nobody can see here.
mini::task<> known_miss_tls(SSL *ssl, char *buffer) {
  SSL_read(ssl, buffer, 10);
  co_return;
}

mini::task<> bad_windows(HANDLE handle, CRITICAL_SECTION &section, char *buffer) {
  // CHECK: :[[@LINE+1]]:3: warning: 'Sleep' blocks the event loop in coroutine 'bad_windows' [coro-blocking-call]
  Sleep(10);
  // CHECK: :[[@LINE+1]]:3: warning: 'WaitForSingleObject' blocks the event loop in coroutine 'bad_windows' [coro-blocking-call]
  WaitForSingleObject(handle, 10);
  DWORD done = 0;
  // CHECK: :[[@LINE+1]]:3: warning: 'ReadFile' blocks the event loop in coroutine 'bad_windows' [coro-blocking-call]
  ReadFile(handle, buffer, 10, &done, nullptr);
  // CHECK: :[[@LINE+1]]:3: warning: 'section' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  EnterCriticalSection(&section);
  co_await work();
  LeaveCriticalSection(&section);
}

mini::task<> good_windows(HANDLE handle, OVERLAPPED &overlapped, char *buffer) {
  Sleep(0);
  WaitForSingleObject(handle, 0);
  ReadFile(handle, buffer, 10, nullptr, &overlapped);
  co_return;
}

mini::task<> bad_absl(absl::Mutex &mutex, absl::Notification &ready) {
  // CHECK: :[[@LINE+1]]:3: warning: 'absl::SleepFor' blocks the event loop in coroutine 'bad_absl' [coro-blocking-call]
  absl::SleepFor(absl::Seconds(1));
  // CHECK: :[[@LINE+1]]:9: warning: 'absl::Notification::WaitForNotification' blocks the event loop in coroutine 'bad_absl' [coro-blocking-call]
  ready.WaitForNotification();
  // CHECK: :[[@LINE+1]]:19: warning: 'lock' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  absl::MutexLock lock(&mutex);
  co_await work();
}

mini::task<> bad_openmp(omp_lock_t &lock) {
  // CHECK: :[[@LINE+1]]:3: warning: 'lock' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  omp_set_lock(&lock);
  co_await work();
  omp_unset_lock(&lock);
}

mini::task<> bad_tbb(tbb::task_group &group) {
  group.run([] { std::this_thread::sleep_for(1s); });
  // CHECK: :[[@LINE+1]]:9: warning: 'tbb::task_group::wait' stops the event loop in coroutine 'bad_tbb' until asynchronous work is done [coro-sync-wait]
  group.wait();
  co_return;
}

void good_plain(CURL *easy, PGconn *connection) {
  curl_easy_perform(easy);
  PQexec(connection, "select 1");
}
