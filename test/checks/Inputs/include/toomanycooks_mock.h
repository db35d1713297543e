// toomanycooks_mock.h - the declarations of TooManyCooks that tests use
#ifndef COROLINT_TEST_TOOMANYCOOKS_MOCK_H
#define COROLINT_TEST_TOOMANYCOOKS_MOCK_H

#include "promise_mock.h"

#include <future>

namespace tmc {

template <class T = void> struct [[nodiscard]] task {
  using promise_type = mock::promise<task, T>;
  task(task &&) noexcept;
  ~task();
  mock::awaiter<T> operator co_await() &&;
};

class ex_cpu {};
class ex_asio {};
ex_cpu &cpu_executor();
ex_asio &asio_executor();

class [[nodiscard]] aw_resume_on : public mock::awaiter<void> {};
template <class Executor> aw_resume_on resume_on(Executor &&executor);
class ex_braid {};
template <class Executor> class aw_ex_scope_exit : public mock::awaiter<void> {};
template <class Executor>
class [[nodiscard]] aw_ex_scope_enter
    : public mock::awaiter<aw_ex_scope_exit<Executor>> {};
template <class Executor> aw_ex_scope_enter<Executor> enter(Executor &executor);
class [[nodiscard]] aw_yield : public mock::awaiter<void> {};
aw_yield yield();

template <class Awaitable> class [[nodiscard]] aw_spawn {
public:
  mock::awaiter<int> operator co_await() &&;
  void detach();
  mock::awaiter<int> fork() &&;
};
template <class Awaitable> aw_spawn<Awaitable> spawn(Awaitable &&awaitable) {
  return mock::pretend<aw_spawn<Awaitable>>();
}
template <class Executor, class Work>
void post(Executor &executor, Work &&work, unsigned long priority = 0) {}
template <class Executor, class T>
[[nodiscard]] std::future<T> post_waitable(Executor &executor, task<T> &&work) {
  return mock::pretend<std::future<T>>();
}
int async_main(task<int> &&main);

} // namespace tmc

#endif // COROLINT_TEST_TOOMANYCOOKS_MOCK_H
