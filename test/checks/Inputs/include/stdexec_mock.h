// stdexec_mock.h - the declarations of stdexec and exec that tests use
#ifndef COROLINT_TEST_STDEXEC_MOCK_H
#define COROLINT_TEST_STDEXEC_MOCK_H

#include "promise_mock.h"

namespace stdexec {

struct sync_wait_t {
  template <class Sender> int operator()(Sender &&sender) const {
    return mock::pretend<int>();
  }
};
inline constexpr sync_wait_t sync_wait{};

struct when_all_t {
  template <class... Senders>
  mock::awaiter<int> operator()(Senders &&...senders) const {
    return mock::pretend<mock::awaiter<int>>();
  }
};
inline constexpr when_all_t when_all{};

struct then_t {
  template <class Sender, class F>
  mock::awaiter<int> operator()(Sender &&sender, F &&function) const {
    return mock::pretend<mock::awaiter<int>>();
  }
};
inline constexpr then_t then{};

struct starts_on_t {
  template <class Scheduler, class Sender>
  mock::awaiter<int> operator()(Scheduler &&scheduler, Sender &&sender) const {
    return mock::pretend<mock::awaiter<int>>();
  }
};
inline constexpr starts_on_t starts_on{};

struct run_loop {
  void run();
  void finish();
};

} // namespace stdexec

namespace exec {

namespace __task {
template <class T, class Context> class [[nodiscard]] basic_task {
public:
  using promise_type = mock::promise<basic_task, T>;
  basic_task(basic_task &&) noexcept;
  ~basic_task();
  mock::awaiter<T> operator co_await() &&;
};
} // namespace __task
template <class T> using task = __task::basic_task<T, void>;

namespace _pool_ {
struct _static_thread_pool {
  class scheduler {};
  scheduler get_scheduler() noexcept;
};
} // namespace _pool_
struct static_thread_pool : private _pool_::_static_thread_pool {
  using _static_thread_pool::get_scheduler;
};

struct start_detached_t {
  template <class Sender> void operator()(Sender &&sender) const {}
};
inline constexpr start_detached_t start_detached{};

struct async_scope {
  template <class Sender> void spawn(Sender &&sender) {}
};

} // namespace exec

#endif // COROLINT_TEST_STDEXEC_MOCK_H
