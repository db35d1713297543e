// dpp_mock.h - the declarations of D++ that tests use
#ifndef COROLINT_TEST_DPP_MOCK_H
#define COROLINT_TEST_DPP_MOCK_H

#include "promise_mock.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace dpp {

template <class Derived> struct basic_awaitable {
  int sync_wait();
  template <class Rep, class Period>
  int sync_wait_for(const std::chrono::duration<Rep, Period> &duration);
};

template <class T> struct awaitable : basic_awaitable<awaitable<T>> {
  awaitable() = default;
  awaitable(awaitable &&) noexcept;
  awaitable &operator=(awaitable &&) noexcept;
  ~awaitable();
  mock::awaiter<T> operator co_await();
};

template <class T> struct moveable_promise {
  template <bool Notify = true> void set_value(T value) {}
  awaitable<T> get_awaitable();
};
template <class T> using promise = moveable_promise<T>;

template <class T = void> struct [[nodiscard]] task : awaitable<T> {
  using promise_type = mock::promise<task, T, std::suspend_never>;
};

template <class T = void> struct [[nodiscard]] coroutine : basic_awaitable<coroutine<T>> {
  using promise_type = mock::promise<coroutine, T>;
  coroutine(coroutine &&) noexcept;
  ~coroutine();
  mock::awaiter<T> operator co_await();
};

template <class T = int> struct async : awaitable<T> {};

struct job {
  using promise_type = mock::promise<job, void, std::suspend_never>;
};

template <class... Awaitables> struct when_any {
  template <class... Arguments> explicit when_any(Arguments &&...arguments) {}
  mock::awaiter<int> operator co_await();
};
template <class... Arguments> when_any(Arguments...) -> when_any<Arguments...>;

enum start_type : bool { st_wait = false, st_return = true };

struct slashcommand_t {
  async<> co_reply(const std::string &text) const;
};

template <class Event> struct event_router_t {
  template <class Callable> int operator()(Callable &&listener) { return 0; }
};

struct cluster {
  event_router_t<slashcommand_t> on_slashcommand;
  void start(start_type return_after = st_wait);
  async<> co_sleep(std::uint64_t seconds);
  std::size_t start_timer(std::function<void(std::size_t)> tick, std::uint64_t frequency);
};

} // namespace dpp

#endif // COROLINT_TEST_DPP_MOCK_H
