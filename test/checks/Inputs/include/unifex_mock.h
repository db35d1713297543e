// unifex_mock.h - the declarations of libunifex that tests use
#ifndef COROLINT_TEST_UNIFEX_MOCK_H
#define COROLINT_TEST_UNIFEX_MOCK_H

#include "promise_mock.h"

namespace unifex {

namespace _task {
template <class T, bool nothrow> struct _task {
  struct [[nodiscard]] type {
    using promise_type = mock::promise<type, T>;
    type(type &&) noexcept;
    ~type();
    mock::awaiter<T> operator co_await() &&;
  };
};
} // namespace _task
template <class T> using task = typename _task::_task<T, false>::type;

namespace _static_thread_pool {
class context {
public:
  class scheduler {};
  scheduler get_scheduler() noexcept;
};
} // namespace _static_thread_pool
using static_thread_pool = _static_thread_pool::context;

namespace _manual_event_loop {
class context {
public:
  void run();
  void stop();
};
} // namespace _manual_event_loop
using manual_event_loop = _manual_event_loop::context;

inline namespace v1 {
namespace _async_scope {
struct async_scope {
  template <class Sender> void detached_spawn(Sender &&sender) {}
  template <class Scheduler, class F>
  void detached_spawn_call_on(Scheduler &&scheduler, F &&function) {}
};
} // namespace _async_scope
using _async_scope::async_scope;
} // namespace v1

namespace _sync_wait_cpo {
struct _fn {
  template <class Sender> int operator()(Sender &&sender) const {
    return mock::pretend<int>();
  }
};
} // namespace _sync_wait_cpo
inline constexpr _sync_wait_cpo::_fn sync_wait{};

namespace _when_all::_cpo {
struct _fn {
  template <class... Senders>
  mock::awaiter<int> operator()(Senders &&...senders) const {
    return mock::pretend<mock::awaiter<int>>();
  }
};
} // namespace _when_all::_cpo
inline constexpr _when_all::_cpo::_fn when_all{};

namespace _on {
struct _fn {
  template <class Scheduler, class Sender>
  mock::awaiter<int> operator()(Scheduler &&scheduler, Sender &&sender) const {
    return mock::pretend<mock::awaiter<int>>();
  }
};
} // namespace _on
inline constexpr _on::_fn on{};

namespace _then::_cpo {
struct _fn {
  template <class Sender, class F>
  mock::awaiter<int> operator()(Sender &&sender, F &&function) const {
    return mock::pretend<mock::awaiter<int>>();
  }
};
} // namespace _then::_cpo
inline constexpr _then::_cpo::_fn then{};

} // namespace unifex

#endif // COROLINT_TEST_UNIFEX_MOCK_H
