// clients_mock.h - declarations of client and system libraries that tests use
#ifndef COROLINT_TEST_CLIENTS_MOCK_H
#define COROLINT_TEST_CLIENTS_MOCK_H

extern "C" {

// libcurl
typedef void CURL;
typedef void CURLM;
int curl_easy_perform(CURL *handle);
int curl_multi_poll(CURLM *multi, void *extra, unsigned count, int timeout, int *ready);
int curl_multi_perform(CURLM *multi, int *running);

// Databases
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
PGresult *PQexec(PGconn *connection, const char *query);
int PQsendQuery(PGconn *connection, const char *query);
PGresult *PQgetResult(PGconn *connection);
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_step(sqlite3_stmt *statement);
typedef struct CassFuture_ CassFuture;
void cass_future_wait(CassFuture *future);
int cass_future_ready(CassFuture *future);

// Messages
#define ZMQ_DONTWAIT 1
int zmq_recv(void *socket, void *buffer, unsigned long size, int flags);
typedef struct rd_kafka_s rd_kafka_t;
int rd_kafka_poll(rd_kafka_t *client, int timeout);

// TLS
typedef struct ssl_st SSL;
int SSL_read(SSL *ssl, void *buffer, int size);

// Windows
typedef void *HANDLE;
typedef unsigned long DWORD;
typedef struct _OVERLAPPED {
  void *event;
} OVERLAPPED;
typedef struct _CRITICAL_SECTION {
  void *owner;
} CRITICAL_SECTION;
void Sleep(DWORD milliseconds);
DWORD WaitForSingleObject(HANDLE handle, DWORD milliseconds);
int ReadFile(HANDLE file, void *buffer, DWORD size, DWORD *read, OVERLAPPED *overlapped);
void EnterCriticalSection(CRITICAL_SECTION *section);
void LeaveCriticalSection(CRITICAL_SECTION *section);

// OpenMP
typedef struct {
  void *lock;
} omp_lock_t;
void omp_set_lock(omp_lock_t *lock);
void omp_unset_lock(omp_lock_t *lock);

} // extern "C"

namespace absl {
struct Duration {
  long rep;
};
Duration Seconds(int seconds);
void SleepFor(Duration time);
class Mutex {
public:
  void Lock();
  void Unlock();
};
class MutexLock {
public:
  explicit MutexLock(Mutex *mutex);
  ~MutexLock();
};
class Notification {
public:
  void WaitForNotification() const;
};
} // namespace absl

namespace tbb {
class task_group {
public:
  template <class F> void run(F &&) {}
  int wait();
};
} // namespace tbb

namespace httplib {
class Client {
public:
  explicit Client(const char *host);
  int Get(const char *path);
};
} // namespace httplib

namespace pqxx {
class connection {
public:
  explicit connection(const char *options);
};
class transaction_base {
public:
  int exec(const char *query);
};
class work : public transaction_base {
public:
  explicit work(connection &on);
};
} // namespace pqxx

#endif // COROLINT_TEST_CLIENTS_MOCK_H
