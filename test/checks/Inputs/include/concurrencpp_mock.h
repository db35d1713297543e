// concurrencpp_mock.h - the declarations of concurrencpp that tests use
#ifndef COROLINT_TEST_CONCURRENCPP_MOCK_H
#define COROLINT_TEST_CONCURRENCPP_MOCK_H

#include "promise_mock.h"

#include <chrono>
#include <memory>

namespace concurrencpp {

template <class T> class result {
public:
  using promise_type = mock::promise<result, T, std::suspend_never>;
  result(result &&) noexcept;
  ~result();
  explicit operator bool() const noexcept;
  T get();
  void wait() const;
  template <class Rep, class Period>
  int wait_for(std::chrono::duration<Rep, Period> time) const;
  mock::awaiter<T> operator co_await();
};

template <class T> class lazy_result {
public:
  using promise_type = mock::promise<lazy_result, T>;
  lazy_result(lazy_result &&) noexcept;
  ~lazy_result();
  result<T> run();
  mock::awaiter<lazy_result> resolve();
  int status() const;
  mock::awaiter<T> operator co_await();
};

class executor {
  static result<int> submit_bridge(executor &on);

public:
  result<int> run() { return submit_bridge(*this); }
  template <class Callable> void post(Callable &&callable) {}
  template <class Callable> result<void> submit(Callable &&callable) {
    return mock::pretend<result<void>>();
  }
};
template <class Concrete> class derivable_executor : public executor {
public:
  template <class Callable> void post(Callable &&callable) {}
  template <class Callable> result<void> submit(Callable &&callable) {
    return mock::pretend<result<void>>();
  }
};
class thread_pool_executor : public derivable_executor<thread_pool_executor> {};
class thread_executor : public derivable_executor<thread_executor> {};
class manual_executor : public derivable_executor<manual_executor> {
public:
  bool loop_once_for(std::chrono::milliseconds time);
  void wait_for_task();
};

// A coroutine with this parameter starts on the executor that follows it.
struct executor_tag {};
namespace details {
template <class Executor> struct initialy_rescheduled_promise {
  template <class... Arguments>
  initialy_rescheduled_promise(executor_tag, std::shared_ptr<Executor> executor, Arguments &&...) {}
};
template <class T, class Executor>
struct initialy_rescheduled_result_promise : initialy_rescheduled_promise<Executor>,
                                             mock::promise<result<T>, T> {
  using initialy_rescheduled_promise<Executor>::initialy_rescheduled_promise;
};
} // namespace details

mock::awaiter<void> resume_on(std::shared_ptr<thread_pool_executor> executor);
template <class... R> lazy_result<int> when_all(executor &on, R &&...results) {
  return mock::pretend<lazy_result<int>>();
}

} // namespace concurrencpp

template <class T, class Executor, class... Arguments>
struct std::coroutine_traits<concurrencpp::result<T>, concurrencpp::executor_tag,
                             std::shared_ptr<Executor>, Arguments...> {
  using promise_type = concurrencpp::details::initialy_rescheduled_result_promise<T, Executor>;
};

#endif // COROLINT_TEST_CONCURRENCPP_MOCK_H
