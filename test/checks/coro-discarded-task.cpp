// coro-discarded-task.cpp - tasks that are made and dropped
//
// RUN: %findings %s %flags | %expect %s

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <functional>
#include <tuple>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

using namespace std::chrono_literals;

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<bool> dial() { co_return true; }
aio::Coro<> flush() { co_return; }
mini::task<int> lookup();
mini::job<> background();
bool enabled();

// Statements

aio::Coro<> bad_statement() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'fetch' returns is never awaited, so its work never starts [coro-discarded-task]
  fetch(1);
  co_return;
}

void bad_in_a_plain_function() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'flush' returns is never awaited, so its work never starts [coro-discarded-task]
  flush();
}

mini::task<> bad_task_that_no_model_knows() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'lookup' returns is never awaited
  lookup();
  co_return;
}

aio::Coro<> bad_branches(int choice) {
  if (choice == 0)
    // CHECK: :[[@LINE+1]]:5: warning: what 'fetch' returns
    fetch(choice);
  else
    // CHECK: :[[@LINE+1]]:5: warning: what 'flush' returns
    flush();
  switch (choice) {
  case 1:
    // CHECK: :[[@LINE+1]]:5: warning: what 'fetch' returns
    fetch(1);
    break;
  default:
    // CHECK: :[[@LINE+1]]:5: warning: what 'dial' returns
    dial();
  }
  while (enabled())
    // CHECK: :[[@LINE+1]]:5: warning: what 'fetch' returns
    fetch(2);
  do
    // CHECK: :[[@LINE+1]]:5: warning: what 'fetch' returns
    fetch(3);
  while (enabled());
  for (int number : {1, 2})
    // CHECK: :[[@LINE+1]]:5: warning: what 'fetch' returns
    fetch(number);
  if (enabled())
    // CHECK: :[[@LINE+1]]:16: warning: what 'fetch' returns
    [[likely]] fetch(4);
  co_return;
}

aio::Coro<> bad_for_header() {
  // CHECK: :[[@LINE+2]]:8: warning: what 'fetch' returns
  // CHECK: :[[@LINE+1]]:29: warning: what 'flush' returns
  for (fetch(1); enabled(); flush())
    co_await flush();
}

aio::Coro<> bad_init_statement() {
  // CHECK: :[[@LINE+1]]:7: warning: what 'flush' returns
  if (flush(); enabled())
    co_await flush();
}

aio::Coro<> bad_try_block() {
  try {
    // CHECK: :[[@LINE+1]]:5: warning: what 'flush' returns
    flush();
  } catch (...) {
    // CHECK: :[[@LINE+1]]:5: warning: what 'flush' returns
    flush();
  }
  co_return;
}

aio::Coro<> bad_if_constexpr() {
  if constexpr (sizeof(int) == 4)
    // CHECK: :[[@LINE+1]]:5: warning: what 'flush' returns
    flush();
  else
    fetch(0); // never compiled
  co_return;
}

// Operators that drop a value

aio::Coro<> bad_comma() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'flush' returns
  flush(), enabled();
  // CHECK: :[[@LINE+1]]:14: warning: what 'flush' returns
  enabled(), flush();
  // CHECK: :[[@LINE+1]]:13: warning: what 'flush' returns
  co_await (flush(), fetch(1));
}

aio::Coro<> bad_ternary(bool first) {
  // CHECK: :[[@LINE+2]]:11: warning: what 'fetch' returns
  // CHECK: :[[@LINE+1]]:22: warning: what 'fetch' returns
  first ? fetch(1) : fetch(2);
  // CHECK: :[[@LINE+1]]:21: warning: what 'flush' returns
  first ? void() : (flush(), void());
  co_return;
}

aio::Coro<> bad_and(bool ready) {
  // CHECK: :[[@LINE+1]]:13: warning: what 'fetch' returns
  ready && (fetch(1), true);
  co_return;
}

aio::Coro<> bad_ignore() {
  // CHECK: :[[@LINE+1]]:17: warning: what 'fetch' returns
  std::ignore = fetch(1);
  co_return;
}

aio::Coro<> bad_statement_expression() {
  // CHECK: :[[@LINE+1]]:32: warning: what 'flush' returns
  int number = __extension__({ flush(); 3; });
  co_await fetch(number);
}

aio::Coro<> bad_parentheses() {
  // CHECK: :[[@LINE+1]]:4: warning: what 'flush' returns
  (flush());
  co_return;
}

// What an await gives may be a task too.

aio::Coro<mini::task<int>> nested();

aio::Coro<> bad_nested() {
  // CHECK: :[[@LINE+1]]:3: warning: the awaitable is never awaited, so its work never starts
  co_await nested();
}

// Awaitables that are no coroutines

aio::Coro<> bad_awaiters(mini::async_mutex &mutex) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'mini::sleep_for' returns is never awaited
  mini::sleep_for(1s);
  // CHECK: :[[@LINE+1]]:3: warning: what 'mini::async_mutex::scoped_lock_async' returns is never awaited
  mutex.scoped_lock_async();
  // CHECK: :[[@LINE+1]]:3: warning: what 'aio::sleep' returns is never awaited
  aio::sleep(1s);
  // CHECK: :[[@LINE+1]]:3: warning: what 'aio::yield' returns is never awaited
  aio::yield();
  co_return;
}

// Macros

#define FLUSH() flush()
#define RUN(expression) expression

aio::Coro<> bad_macros() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'flush' returns
  FLUSH();
  // CHECK: :[[@LINE+1]]:7: warning: what 'flush' returns
  RUN(flush());
  co_return;
}

// Callables

struct Session {
  aio::Coro<> close();
  aio::Coro<int> operator()(int number);
  virtual aio::Coro<> stop();
  static aio::Coro<> reset();
};

aio::Coro<> bad_members(Session session, Session &other, std::function<aio::Coro<>()> erased,
                        aio::Coro<> (*pointer)()) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'Session::close' returns
  session.close();
  // CHECK: :[[@LINE+1]]:3: warning: what 'Session::operator()' returns
  session(1);
  // CHECK: :[[@LINE+1]]:3: warning: what 'Session::stop' returns
  other.stop();
  // CHECK: :[[@LINE+1]]:3: warning: what 'Session::reset' returns
  Session::reset();
  // CHECK: :[[@LINE+1]]:3: warning: what 'std::function::operator()' returns
  erased();
  // CHECK: :[[@LINE+1]]:3: warning: the awaitable is never awaited
  pointer();
  // CHECK: :[[@LINE+1]]:3: warning: what 'Session::close' returns
  (session.*&Session::close)();
  co_return;
}

void bad_lambdas() {
  auto work = []() -> aio::Coro<> {
    // CHECK: :[[@LINE+1]]:5: warning: what 'flush' returns
    flush();
    co_return;
  };
  // CHECK: :[[@LINE+1]]:3: warning: what the lambda in 'bad_lambdas' returns
  work();
  // CHECK: :[[@LINE+1]]:3: warning: {{.*}} is never awaited
  []() -> aio::Coro<> { co_return; }();
}

struct Owner {
  // CHECK: :[[@LINE+1]]:13: warning: what 'flush' returns
  Owner() { flush(); }
  // CHECK: :[[@LINE+1]]:14: warning: what 'flush' returns
  ~Owner() { flush(); }
};

/// An awaiter that is made by its name.
struct Pause {
  int seconds;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

aio::Coro<> bad_made_on_the_spot() {
  // CHECK: :[[@LINE+1]]:3: warning: the awaitable is never awaited
  Pause{1};
  co_await Pause{2};
}

// Silent

aio::Coro<> good_awaited(bool first) {
  co_await fetch(1);
  (co_await flush());
  int number = co_await fetch(2) + co_await fetch(3);
  if (co_await dial())
    co_await (first ? fetch(1) : fetch(number));
  co_await (enabled(), flush());
  first ? co_await flush() : co_await aio::yield();
  static_cast<void>(co_await fetch(5));
  co_return co_await flush();
}

aio::Coro<> good_given_away() {
  aio::Coro<> kept = flush();
  co_await std::move(kept);
  aio::create_task(flush());
  auto task = aio::create_task(fetch(1));
  co_await task;
  co_await aio::gather(flush(), fetch(2));
  std::vector<aio::Coro<>> all;
  all.push_back(flush());
  all.emplace_back(flush());
  co_await aio::gather(std::move(all));
  mini::spawn([]() -> mini::task<> { co_return; }());
}

aio::Coro<int> good_returned() { return fetch(1); }
aio::Coro<int> good_chosen(bool first) { return first ? fetch(1) : fetch(2); }
auto good_lambda = [] { return fetch(1); };

void good_void_cast() {
  (void)flush();
  static_cast<void>(flush());
  void(fetch(1));
}

aio::Coro<> good_closed() {
  flush().close();
  bool valid = flush().valid();
  co_await fetch(valid);
}

mini::task<> good_eager_by_design() {
  background();
  co_return;
}

mini::generator<int> counts() { co_yield 1; }

void good_generator() { counts(); }

void good_unevaluated() {
  using Fetched = decltype(fetch(1));
  static_assert(sizeof(fetch(1)) == sizeof(Fetched));
  static_assert(noexcept(flush()) == false);
}

aio::Coro<> good_event(mini::event &event) {
  event.set();
  co_await event;
}

/// An operation that is set up by chained calls.
class Request {
public:
  Request &header(const char *name);
  Request &timeout(int seconds);
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};

aio::Coro<> good_fluent(Request &request) {
  request.header("accept");
  request.header("accept").timeout(3);
  co_await request;
}

/// A callable that runs its function when it leaves its scope.
template <class F> struct Finally {
  F run;
  ~Finally() { run(); }
};

aio::Coro<> good_scope_guard() {
  Finally guard{[] { enabled(); }};
  co_await flush();
}

// Perhaps made to see it fail: the caller, or the macro, handles what is thrown
// before there is a coroutine.

template <class Error, class F> bool throws(F &&run) {
  try {
    run();
  } catch (const Error &) {
    return true;
  }
  return false;
}
void twice(const std::function<void()> &run);

#define EXPECT_THROWS(statement, error)                                              \
  try {                                                                              \
    if (enabled()) {                                                                 \
      statement;                                                                     \
    }                                                                                \
  } catch (const error &) {                                                          \
  }

void good_arguments_that_are_refused() {
  throws<int>([] { fetch(-1); });
  auto refused = [](int number) {
    return throws<int>([number] {
      enabled();
      fetch(number);
    });
  };
  refused(-1);
  EXPECT_THROWS(fetch(-1), int);
}

void bad_lambda_that_nobody_tries() {
  // CHECK: :[[@LINE+1]]:15: warning: what 'fetch' returns
  twice([] {  fetch(1); });
  throws<int>([] {
    // CHECK: :[[@LINE+1]]:5: warning: what 'fetch' returns
    fetch(1);
    enabled();
  });
}

int main() {
  aio::run(bad_statement());
  std::vector<int> numbers{1, 2};
  // CHECK: :[[@LINE+1]]:3: warning: what 'flush' returns
  flush();
}

aio::Coro<> bad_only_named_anew() {
  // CHECK: :[[@LINE+1]]:13: warning: what 'flush' returns is never awaited
  std::move(flush());
  co_await flush();
}
