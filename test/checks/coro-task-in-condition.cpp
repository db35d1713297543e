// coro-task-in-condition.cpp - tasks used as if they were their results
//
// RUN: %findings %s %flags | %expect %s

#include <cassert>
#include <coroutine>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "testable_task_mock.h"

namespace t = testable;

t::task<bool> is_admin(int user);
t::task<int> count();
t::task<> flush();
t::loose<int> price(int item);
t::loose<bool> open();
void greet();

// In a condition

t::task<> bad_conditions(int user, bool first) {
  // CHECK: :[[@LINE+1]]:7: warning: what 'is_admin' returns is a task, and is tested in place of its result; its work never starts [coro-task-in-condition]
  if (is_admin(user))
    greet();
  // CHECK: :[[@LINE+1]]:8: warning: what 'is_admin' returns is a task, and is tested
  if (!is_admin(user))
    greet();
  // CHECK: :[[@LINE+1]]:16: warning: what 'is_admin' returns is a task, and is tested
  if (first && is_admin(user))
    greet();
  // CHECK: :[[@LINE+2]]:7: warning: what 'is_admin' returns is a task
  // CHECK: :[[@LINE+1]]:26: warning: what 'is_admin' returns is a task
  if (is_admin(user) || (is_admin(1)))
    greet();
  // CHECK: :[[@LINE+1]]:10: warning: what 'is_admin' returns is a task
  while (is_admin(user))
    co_await flush();
  do
    co_await flush();
  // CHECK: :[[@LINE+1]]:10: warning: what 'is_admin' returns is a task
  while (is_admin(user));
  // CHECK: :[[@LINE+1]]:10: warning: what 'is_admin' returns is a task
  for (; is_admin(user);)
    co_await flush();
  // CHECK: :[[@LINE+1]]:16: warning: what 'is_admin' returns is a task
  int number = is_admin(user) ? 1 : 2;
  co_await count();
  // CHECK: :[[@LINE+1]]:34: warning: what 'is_admin' returns is a task
  bool admin = static_cast<bool>(is_admin(number));
  bool other{
      // CHECK: :[[@LINE+1]]:13: warning: what 'is_admin' returns is a task
      bool (is_admin(user))};
  co_await t::log(admin, other);
}

void bad_in_a_plain_function() {
  // CHECK: :[[@LINE+1]]:7: warning: what 'is_admin' returns is a task
  if (is_admin(1))
    greet();
}

// By an implicit conversion, wherever it happens

void grant(bool yes);
struct Grant {
  Grant(bool yes);
};
void give(Grant grant);

t::task<> bad_implicit_conversions() {
  // CHECK: :[[@LINE+1]]:14: warning: what 'open' returns is a task, and is tested in place of its result
  bool yes = open();
  // CHECK: :[[@LINE+1]]:9: warning: what 'open' returns is a task
  grant(open());
  // CHECK: :[[@LINE+1]]:14: warning: what 'open' returns is a task
  give(Grant(open()));
  // CHECK: :[[@LINE+1]]:7: warning: what 'price' returns is a task, and is compared in place of its result
  if (price(1) == 3)
    grant(yes);
  // CHECK: :[[@LINE+1]]:19: warning: what 'price' returns is a task, and is taken as a value in place of its result
  int total = 2 + price(1);
  // CHECK: :[[@LINE+1]]:11: warning: what 'price' returns is a task
  switch (price(total)) {
  case 1:
    grant(true);
  }
  // CHECK: :[[@LINE+1]]:16: warning: what 'price' returns is a task
  std::cout << price(1) << '\n';
  co_return;
}

// By operators of the program

t::task<> bad_operators() {
  // CHECK: :[[@LINE+1]]:7: warning: what 'count' returns is a task, and is compared in place of its result
  if (count() == 3)
    greet();
  // CHECK: :[[@LINE+1]]:7: warning: what 'count' returns is a task, and is compared
  if (count() != 3)
    greet();
  // CHECK: :[[@LINE+1]]:11: warning: what 'count' returns is a task, and is compared
  if (3 < count())
    greet();
  // CHECK: :[[@LINE+1]]:29: warning: what 'count' returns is a task, and is passed to be looked at in place of its result
  std::cout << "users: " << count() << '\n';
  co_return;
}

// In a variable that serves no other purpose

t::task<> bad_variables() {
  auto admin = is_admin(1);
  // CHECK: :[[@LINE+1]]:7: warning: 'admin' is a task, and is tested in place of its result
  if (admin)
    greet();
  // CHECK: :[[@LINE+1]]:35: warning: 'found' is a task, and is tested
  if (auto &&found = is_admin(2); found)
    greet();
  // CHECK: :[[@LINE+1]]:12: warning: 'late' is a task, and is tested
  if (auto late = is_admin(3))
    greet();
  const auto number = count();
  // CHECK: :[[@LINE+1]]:7: warning: 'number' is a task, and is compared
  if (number == 1)
    greet();
  co_return;
}

// Other ways to write the same

struct Session {
  t::task<bool> alive();
  virtual t::task<bool> ready() const;
  t::task<> run() {
    // CHECK: :[[@LINE+1]]:12: warning: what 'Session::alive' returns is a task
    while (alive())
      co_await flush();
    // CHECK: :[[@LINE+1]]:9: warning: what 'Session::ready' returns is a task
    if (this->ready())
      greet();
  }
};

template <class T> t::task<> bad_template(T &session) {
  // CHECK: :[[@LINE+1]]:7: warning: what 'Session::alive' returns is a task
  if (session.alive())
    greet();
  co_return;
}
template t::task<> bad_template(Session &);

t::task<> bad_callables(std::function<t::task<bool>()> erased, t::task<bool> (*pointer)()) {
  auto check = []() -> t::task<bool> { co_return true; };
  // CHECK: :[[@LINE+1]]:7: warning: what the lambda in 'bad_callables' returns is a task
  if (check())
    greet();
  // CHECK: :[[@LINE+1]]:7: warning: what 'std::function::operator()' returns is a task
  if (erased())
    greet();
  // CHECK: :[[@LINE+1]]:7: warning: the awaitable is a task
  if (pointer())
    greet();
  auto generic = [](auto ask) -> t::task<> {
    // CHECK: :[[@LINE+1]]:9: warning: {{.*}} is a task, and is tested
    if (ask())
      greet();
    co_return;
  };
  co_await generic(check);
}

#define ENSURE(condition) ((condition) ? (void)0 : t::fail())

t::task<> bad_macro() {
  // CHECK: :[[@LINE+1]]:10: warning: what 'is_admin' returns is a task
  ENSURE(is_admin(1));
  co_return;
}

t::task<t::task<bool>> later();

t::task<> bad_awaited_once() {
  // CHECK: :[[@LINE+1]]:7: warning: the awaitable is a task
  if (co_await later())
    greet();
}

// Silent: the result is used

t::task<> good_awaited(int user) {
  if (co_await is_admin(user))
    greet();
  while (!co_await is_admin(user))
    co_await flush();
  if (co_await count() == 3 && co_await price(1) == 2)
    greet();
  bool admin = co_await is_admin(user);
  if (admin)
    greet();
  std::cout << co_await count() << '\n';
}

// Silent: a variable may be asked whether it holds a task

t::task<> good_asks_whether_there_is_one(t::task<> given, t::task<> &other) {
  if (given)
    co_await std::move(given);
  if (other)
    co_await std::move(other);
  t::task<> maybe;
  if (t::enabled())
    maybe = flush();
  if (maybe)
    co_await std::move(maybe);
  auto started = flush();
  if (started)
    started.resume();
  while (auto next = t::pop())
    co_await std::move(next);
  if (auto next = t::pop(); next)
    co_await std::move(next);
}

struct Owner {
  t::task<> work;
  bool is_busy() const { return static_cast<bool>(work); }
  bool stop() { return static_cast<bool>(std::exchange(work, {})); }
  explicit operator bool() const { return work ? true : false; }
};

void good_pointers(std::optional<t::task<>> maybe, std::unique_ptr<t::task<>> owned,
                   t::task<> *pointer) {
  if (maybe || owned || pointer)
    greet();
}

// Silent: two tasks are compared, or one with nothing

t::handle<int> start();

t::task<> good_same_task(t::handle<int> first, t::handle<int> second) {
  if (first == second || first == nullptr)
    greet();
  co_return;
}

// A test compares a task with a value, or one handle with another

namespace testing::internal {
struct EqHelper {
  template <class A, class B>
  static bool Compare(const char *, const char *, const A &, const B &);
};
} // namespace testing::internal

#define EXPECT_EQ(first, second)                                                     \
  if (!testing::internal::EqHelper::Compare(#first, #second, first, second))         \
  t::fail()

void bad_expectation() {
  // CHECK: :[[@LINE+1]]:13: warning: what 'count' returns is a task, and is passed to be looked at in place of its result
  EXPECT_EQ(count(), 3);
  // CHECK: :[[@LINE+2]]:13: warning: what 'count' returns is a task
  // CHECK: :[[@LINE+1]]:22: warning: what 'count' returns is a task
  EXPECT_EQ(count(), count());
}

struct Left {
  template <class T> bool operator==(const T &) const;
  explicit operator bool() const;
};
struct Decomposer {
  template <class T> Left operator<=(const T &) const;
};
#define REQUIRE(condition) ENSURE(Decomposer() <= condition)

void bad_requirement() {
  // CHECK: :[[@LINE+1]]:11: warning: what 'count' returns is a task, and is compared in place of its result
  REQUIRE(count() == 3);
  // CHECK: :[[@LINE+1]]:11: warning: what 'is_admin' returns is a task
  REQUIRE(is_admin(1));
}

void good_expectation(t::handle<int> first) {
  REQUIRE(start() == first);
  REQUIRE(start() == nullptr);
  EXPECT_EQ(start(), first);
  EXPECT_EQ(first, start());
  EXPECT_EQ(start(), nullptr);
}

// Silent: the conversion gives the result

t::task<> good_conversion_to_the_result(t::getter<bool> wait, t::getter<int> number) {
  if (t::getter<bool>(std::move(wait)))
    greet();
  if (t::ask())
    greet();
  co_return;
}

// Silent: an operator of the protocol, a task that the operator may copy

t::task<> good_free_operators() {
  co_await t::lent();
  std::cout << t::copied() << '\n';
}

// Silent: not a task

struct Answer {
  explicit operator bool() const;
};
Answer answer();

void good_other_class() {
  if (answer())
    greet();
}

// Text is made of it

namespace fmt {
template <class... Values> std::string format(const char *form, Values &&...values);
}
namespace std {
template <class... Values> std::string format(const char *form, Values &&...values);
}
struct Line {
  template <class T> Line &operator<<(const T &value);
};
Line warn();

t::task<> bad_text() {
  // CHECK: :[[@LINE+1]]:40: warning: what 'is_admin' returns is a task, and is passed to be looked at in place of its result; its work never starts [coro-task-in-condition]
  std::string text = fmt::format("{}", is_admin(1));
  // CHECK: :[[@LINE+1]]:29: warning: what 'count' returns is a task, and is passed to be looked at in place of its result; its work never starts [coro-task-in-condition]
  text += std::format("{}", count());
  // CHECK: :[[@LINE+1]]:26: warning: what 'count' returns is a task, and is passed to be looked at in place of its result; its work never starts [coro-task-in-condition]
  warn() << "users: " << count();
  co_return;
}

// The overload for a truth takes it

void tell(bool yes);
void tell(std::string text);

t::task<> bad_overload() {
  // CHECK: :[[@LINE+1]]:8: warning: what 'open' returns is a task, and is tested in place of its result; its work never starts [coro-task-in-condition]
  tell(open());
  co_return;
}

/// The library converts it.
t::task<> known_miss_in_the_library() {
  std::optional<bool> answer = open();
  grant(answer.value());
  co_return;
}

t::task<> good_asserted(t::task<bool> work) {
  assert(work && "there is one");
  co_await std::move(work);
}
