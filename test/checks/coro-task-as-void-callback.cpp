// coro-task-as-void-callback.cpp - callbacks whose task is dropped
//
// RUN: %findings %s %flags | %expect %s

#include <algorithm>
#include <functional>
#include <future>
#include <map>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;

aio::Coro<> save(int record) { co_return; }
aio::Coro<int> fetch() { co_return 1; }
mini::task<> lookup();
mini::job<> background();
asio::awaitable<void> serve();
void log(int record);
aio::Coro<> together(std::vector<aio::Coro<>> all) { co_await aio::gather(std::move(all)); }

// std::function and its like

using Handler = std::function<void(int)>;

void on_record(std::function<void(int)> handler);
void on_close(const std::function<void()> &handler, int priority = 0);

void bad_function_object() {
  // CHECK: :[[@LINE+1]]:38: warning: this lambda returns a task, which 'std::function' drops; its work never starts [coro-task-as-void-callback]
  std::function<void(int)> handler = [](int record) -> aio::Coro<> { co_await save(record); };
  // CHECK: :[[@LINE+1]]:13: warning: this lambda returns a task, which 'std::function' drops
  handler = [](int record) -> aio::Coro<> { co_await save(record); };
  // CHECK: :[[@LINE+1]]:13: warning: 'save' returns a task, which 'std::function' drops
  on_record(save);
  // CHECK: :[[@LINE+1]]:13: warning: 'save' returns a task
  on_record(&save);
  // CHECK: :[[@LINE+1]]:12: warning: 'lookup' returns a task
  on_close(lookup, 2);
  // CHECK: :[[@LINE+1]]:12: warning: this lambda returns a task
  on_close([] { return fetch(); });
  // CHECK: :[[@LINE+1]]:11: warning: this callable returns a task
  Handler(std::bind(fetch));
}

void bad_named_lambda(bool first) {
  auto work = []() -> mini::task<> { co_return; };
  // CHECK: :[[@LINE+1]]:12: warning: 'work' returns a task, which 'std::function' drops
  on_close(work);
  // CHECK: :[[@LINE+1]]:22: warning: 'work' returns a task
  on_close(std::move(work));
  std::function<aio::Coro<>()> erased = [] { return save(1); };
  // CHECK: :[[@LINE+1]]:12: warning: 'erased' returns a task
  on_close(erased);
  // CHECK: :[[@LINE+1]]:13: warning: this lambda returns a task
  on_record([](auto record) -> aio::Coro<> { co_await save(record); });
}

struct Session {
  std::function<void()> closed;
  std::map<std::string, std::function<void(int)>> handlers;
  std::vector<std::function<void()>> callbacks;

  aio::Coro<> close();
  aio::Coro<> operator()();

  // CHECK: :[[@LINE+1]]:22: warning: this lambda returns a task, which 'std::function' drops
  Session() : closed([this] { return close(); }) {
    // CHECK: :[[@LINE+1]]:14: warning: this lambda returns a task, which 'std::function' drops
    closed = [this]() -> aio::Coro<> { co_await close(); };
    // CHECK: :[[@LINE+1]]:14: warning: this callable returns a task
    closed = std::bind(&Session::close, this);
    // CHECK: :[[@LINE+1]]:26: warning: 'save' returns a task
    handlers["record"] = save;
    // CHECK: :[[@LINE+1]]:32: warning: 'save' returns a task
    handlers.emplace("record", save);
    // CHECK: :[[@LINE+1]]:28: warning: this lambda returns a task
    callbacks.emplace_back([this] { return close(); });
    // CHECK: :[[@LINE+1]]:25: warning: this lambda returns a task
    callbacks.push_back([this] { return close(); });
    // CHECK: :[[@LINE+1]]:14: warning: this callable returns a task
    closed = Session();
  }
};

void bad_packaged() {
  // CHECK: :[[@LINE+1]]:36: warning: 'lookup' returns a task
  std::packaged_task<void()> later(lookup);
  later();
}

// Functions that call and drop

void bad_threads(Session &session) {
  // CHECK: :[[@LINE+1]]:22: warning: 'save' returns a task, which 'std::thread' drops
  std::thread worker(save, 1);
  // CHECK: :[[@LINE+1]]:22: warning: 'close' returns a task, which 'std::thread' drops
  std::thread member(&Session::close, &session);
  // CHECK: :[[@LINE+1]]:20: warning: this lambda returns a task, which 'std::jthread' drops
  std::jthread own([]() -> mini::task<> { co_await lookup(); });
  worker.join();
  member.join();
}

void bad_algorithms(std::vector<int> records) {
  // CHECK: :[[@LINE+1]]:49: warning: this lambda returns a task, which 'std::for_each' drops
  std::for_each(records.begin(), records.end(), [](int record) -> aio::Coro<> {
    co_await save(record);
  });
  // CHECK: :[[@LINE+1]]:49: warning: 'save' returns a task
  std::for_each(records.begin(), records.end(), save);
  // CHECK: :[[@LINE+1]]:34: warning: this lambda returns a task, which 'std::ranges::for_each' drops
  std::ranges::for_each(records, [](int record) { return save(record); });
}

void bad_asio(asio::io_context &context, asio::steady_timer &timer) {
  // CHECK: :[[@LINE+1]]:23: warning: this lambda returns a task, which 'boost::asio::post' drops
  asio::post(context, []() -> asio::awaitable<void> { co_await serve(); });
  // CHECK: :[[@LINE+1]]:27: warning: 'serve' returns a task
  asio::dispatch(context, serve);
  // CHECK: :[[@LINE+1]]:20: warning: this lambda returns a task, which 'boost::asio::basic_waitable_timer::async_wait' drops
  timer.async_wait([](asio::error_code) -> asio::awaitable<void> { co_await serve(); });
  // CHECK: :[[@LINE+1]]:36: warning: this lambda returns a task, which 'boost::asio::co_spawn' drops
  asio::co_spawn(context, serve(), [](std::exception_ptr) { return serve(); });
}

/// What the loop would refuse to compile, hidden from it.
void bad_loop(aio::Loop &loop) {
  // CHECK: :[[@LINE+1]]:40: warning: this lambda returns a task, which 'std::function' drops
  loop.call_soon(std::function<void()>([] { return save(1); }));
  // CHECK: :[[@LINE+1]]:33: warning: 'fetch' returns a task
  std::function<void()> timeout(fetch);
  loop.call_later(aio::Seconds(1), timeout);
}

/// A wrapper of the project.
template <class Signature> class Callback;
template <class... Args> class Callback<void(Args...)> {
public:
  template <class F> Callback(F callable);
  void operator()(Args... arguments);
};

void bad_own_wrapper() {
  // CHECK: :[[@LINE+1]]:27: warning: 'save' returns a task, which 'Callback' drops
  Callback<void(int)> own(save);
  own(1);
}

// Silent: the result is used

void good_results(std::vector<int> records, asio::io_context &context) {
  std::function<aio::Coro<>(int)> make = save;
  std::function<aio::Coro<>()> bound = std::bind(save, 1);
  std::vector<aio::Coro<>> all;
  std::transform(records.begin(), records.end(), std::back_inserter(all), save);
  asio::co_spawn(context, serve, asio::detached);
  asio::co_spawn(context, []() -> asio::awaitable<void> { co_await serve(); }, asio::detached);
  aio::run(together(std::move(all)));
  aio::run(make(1));
  aio::run(bound());
  aio::run(std::apply(save, std::tuple(1)));
}

void good_gives_it_to_the_loop(std::vector<int> records) {
  on_record([](int record) { aio::create_task(save(record)); });
  on_close([] { aio::run(save(1)); });
  std::thread worker([] { aio::run(save(1)); });
  worker.join();
  std::for_each(records.begin(), records.end(), log);
  on_record(log);
  on_record(nullptr);
  on_record({});
}

/// An argument of the function is no callback of its caller.
void good_passed_on() {
  std::thread worker([](aio::Coro<> (*make)(int)) { aio::run(make(1)); }, save);
  worker.join();
}

// Silent: a task that runs on by design

void good_eager() {
  on_close(background);
  std::thread worker(background);
  worker.join();
}

// Silent: a sink that looks at what it is given

template <class F> void spawn_all(F &&make) { aio::create_task(make()); }

/// Knows the type of what it keeps.
template <class F> struct Deferred {
  F work;
  void operator()() { aio::create_task(work()); }
};

void good_sinks() {
  spawn_all(fetch);
  Deferred later{[] { return fetch(); }};
  later();
}

Handler global_handler = save; // known miss: no function holds it
