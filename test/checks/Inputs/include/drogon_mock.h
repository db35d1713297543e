// drogon_mock.h - the declarations of drogon and trantor that tests use
#ifndef COROLINT_TEST_DROGON_MOCK_H
#define COROLINT_TEST_DROGON_MOCK_H

#include "promise_mock.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace trantor {
class EventLoop {
public:
  void loop();
  template <class F> void queueInLoop(F &&function) {}
  void runAfter(double delay, const std::function<void()> &function);
};
class ConcurrentTaskQueue {
public:
  virtual void runTaskInQueue(std::function<void()> &&task);
};
} // namespace trantor

namespace drogon {

template <class T = void> struct [[nodiscard]] Task {
  using promise_type = mock::promise<Task, T>;
  Task(Task &&) noexcept;
  ~Task();
  mock::awaiter<T> operator co_await();
};

struct AsyncTask {
  using promise_type = mock::promise<AsyncTask, void, std::suspend_never>;
};

template <class Await> auto sync_wait(Await &&await) {
  std::mutex mutex;
  std::condition_variable changed;
  std::unique_lock lock(mutex);
  changed.wait(lock);
  return await.operator co_await().await_resume();
}
template <class Coro> void async_run(Coro &&coro) {}
struct [[nodiscard]] TimerAwaiter : mock::awaiter<void> {};
TimerAwaiter sleepCoro(trantor::EventLoop *loop, double seconds);

using Response = std::shared_ptr<int>;
class HttpClient {
public:
  virtual void sendRequest(const std::string &request,
                           const std::function<void(int, const Response &)> &callback,
                           double timeout = 0);
  std::pair<int, Response> sendRequest(const std::string &request, double timeout = 0);
  mock::awaiter<Response> sendRequestCoro(const std::string &request, double timeout = 0);
};

namespace orm {
class DbClient {
public:
  template <class... Arguments>
  int execSqlSync(const std::string &sql, Arguments &&...args);
  template <class... Arguments>
  mock::awaiter<int> execSqlCoro(const std::string &sql, Arguments... args);
};
template <class T> class Mapper {
public:
  T findOne(const std::string &criteria);
  void findOne(const std::string &criteria, const std::function<void(T)> &done,
               const std::function<void(int)> &failed);
};
} // namespace orm
} // namespace drogon

#endif // COROLINT_TEST_DROGON_MOCK_H
