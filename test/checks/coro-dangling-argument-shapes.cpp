// coro-dangling-argument-shapes.cpp - tasks that refer to what dies first: callables, generators, awaiters
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "task_mock.h"

using namespace std::chrono_literals;

void use(std::string_view text);
void look(int number);
mini::task<int> fetch_later(const std::string &url) {
  co_await mini::sleep_for(1ms);
  use(url);
  co_return 1;
}

// A callable in the frame, which refers to what is not

template <class F> mini::task<> retry(F action) {
  for (int tries = 0; tries < 3; ++tries)
    co_await action();
}
mini::task<> repeat(std::function<mini::task<>()> action) {
  co_await action();
  co_await action();
}

mini::task<> bad_retried_later() {
  int count = 0;
  // CHECK: :[[@LINE+1]]:10: warning: 'action' of 'retry' refers to 'count', which dies when its scope ends; the task may run after that
  return retry([&]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(++count);
  });
}

mini::task<> bad_repeated_later() {
  int count = 0;
  // CHECK: :[[@LINE+1]]:10: warning: 'action' of 'repeat' refers to 'count'
  return repeat([&]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(++count);
  });
}

mini::task<> good_retried_here() {
  int count = 0;
  co_await retry([&]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(++count);
  });
  auto again = retry([&count]() -> mini::task<> { look(++count); co_return; });
  co_await std::move(again);
}

mini::task<> good_retried_with_a_copy(int count) {
  return retry([count]() -> mini::task<> { look(count); co_return; });
}

// A sender takes what it is given with it

struct Just {
  std::string value;
  bool await_ready();
  void await_suspend(std::coroutine_handle<> waiting);
  void await_resume();
};
template <class From> struct Then {
  From from;
  bool await_ready();
  void await_suspend(std::coroutine_handle<> waiting);
  void await_resume();
};
template <class From> struct Apply {
  From &&from;
  auto operator()(int) { return Then<std::remove_cvref_t<From>>{std::forward<From>(from)}; }
};
struct Adaptor {
  std::tuple<int> arguments;
};
template <class From> auto operator|(From &&from, Adaptor &&self) {
  return std::apply(Apply<From>{std::forward<From>(from)}, self.arguments);
}

auto good_piped() { return Just{"a"} | Adaptor{}; }
mini::task<> good_piped_first() {
  auto work = Just{"a"} | Adaptor{};
  co_await work;
}

// What a local owns lives as long as its last owner

struct Promise;
struct Pending {
  Promise *promise;
  bool await_ready();
  void await_suspend(std::coroutine_handle<> waiting);
  void await_resume();
  template <class F> Pending finally(F) { return *this; }
};
struct Promise {
  Pending get_future() { return Pending{this}; }
};
struct Work {
  Promise done;
  Pending get_future() { return done.get_future(); }
};
void submit(std::unique_ptr<Work> work);
void keep_raw(Work *work);

Pending good_moved_into_the_callback() {
  auto work = std::make_unique<Work>();
  Pending done = work->done.get_future();
  return done.finally([work = std::move(work)] {});
}
Pending good_through_a_reference() {
  auto work = std::make_unique<Work>();
  auto &same = *work;
  return same.done.get_future().finally([work = std::move(work)] {});
}
Pending good_submitted() {
  auto work = std::make_unique<Work>();
  auto done = work->get_future();
  submit(std::move(work));
  return done;
}
Pending good_released() {
  auto work = std::make_unique<Work>();
  auto done = work->get_future();
  keep_raw(work.release());
  return done;
}
Pending bad_owned_to_the_end() {
  auto work = std::make_unique<Work>();
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'this' of 'Work::get_future' refers to 'work', which dies when its scope ends; the task may run after that
  return work->get_future();
}
mini::task<> takes(Promise &promise) {
  co_await promise.get_future();
}
mini::task<> bad_itself() {
  Promise promise;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'promise' of 'takes' refers to 'promise', which dies when its scope ends
  return takes(promise);
}

// What is yielded is used before the generator goes on

mini::generator<mini::task<int>> good_yielded_task(std::string name) {
  co_yield fetch_later(name + "x");
  co_yield fetch_later(name);
}
mini::generator<std::string_view> good_yielded_view() {
  std::string name = "x";
  co_yield name;
  co_yield name + "y";
}

// The result of an await may refer to the awaiter, which the check does not follow

struct View {
  const std::string &text;
  bool await_ready();
  void await_suspend(std::coroutine_handle<> waiting);
  const std::string &await_resume() { return text; }
};

mini::task<> good_result_of_an_await(std::string name) {
  auto &&named = co_await View{name};
  use(named);
  use(co_await View{name + "x"});
  std::string copy = co_await View{name + "x"};
  auto &&number = co_await fetch_later(name + "x");
  look(number);
}
mini::task<> known_miss_result_of_an_await(std::string name) {
  auto &&dead = co_await View{name + "x"};
  use(dead);
}

// Temporaries that wrap a callable, a reference or an argument

mini::task<> calls(const std::function<void()> &action) {
  co_await mini::sleep_for(1ms);
  action();
}
template <class Signature> class function_ref;
template <class R> class function_ref<R()> {
public:
  template <class F> function_ref(F &&callable) : callable(&callable) {}
  R operator()() const;

private:
  void *callable;
};
mini::task<> calls_by_reference(function_ref<void()> action) {
  co_await mini::sleep_for(1ms);
  action();
}
mini::task<> holds(std::reference_wrapper<std::string> text) {
  co_await mini::sleep_for(1ms);
  use(text.get());
}

mini::task<> bad_function() {
  // CHECK: :[[@LINE+1]]:21: warning: 'action' of 'calls' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto work = calls([] { look(1); });
  co_await std::move(work);
}
mini::task<> bad_function_reference() {
  int count = 0;
  // CHECK: :[[@LINE+1]]:34: warning: 'action' of 'calls_by_reference' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto work = calls_by_reference([&count] { look(++count); });
  co_await std::move(work);
}
mini::task<> bad_reference_wrapper() {
  std::string text = "a";
  // CHECK: :[[@LINE+1]]:10: warning: 'text' of 'holds' refers to 'text', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  return holds(std::ref(text));
}
mini::task<> bad_implicit_reference_wrapper() {
  std::string text = "a";
  // CHECK: :[[@LINE+1]]:10: warning: 'text' of 'holds' refers to 'text', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  return holds(text);
}
mini::task<> good_implicit_reference_wrapper(std::string &text) { return holds(text); }
mini::task<> good_awaited_reference_wrapper() {
  std::string text = "a";
  co_await holds(text);
}
mini::task<int> good_bound_and_kept() {
  auto make = std::bind(fetch_later, std::string("a"));
  auto work = make();
  co_return co_await std::move(work);
}
mini::task<int> known_miss_bound() { return std::bind(fetch_later, std::string("a"))(); }
mini::task<> good_called_at_once() {
  co_await calls([] { look(1); });
  co_await calls_by_reference([] { look(1); });
}
