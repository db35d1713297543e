// coro-unneeded-coroutine.cpp - coroutines that could be plain functions
//
// RUN: %findings --check=coro-unneeded-coroutine %s %flags | %expect %s

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

aio::Coro<int> fetch(int number) { co_await aio::yield(); co_return number; }
aio::Coro<> flush() { co_await aio::yield(); }
aio::Coro<int> find(const std::string &name);
aio::Coro<int> look(const int &number);
mini::task<int> lookup();
bool enabled();
int spawned = 0;

// Nothing is awaited

// CHECK: :[[@LINE+1]]:16: warning: 'bad_sum' is a coroutine and awaits nothing; its frame serves for nothing [coro-unneeded-coroutine]
aio::Coro<int> bad_sum(int a, int b) { co_return a + b; }

// CHECK: :[[@LINE+1]]:17: warning: 'bad_loop' is a coroutine and awaits nothing
mini::task<int> bad_loop(std::vector<int> numbers) {
  int sum = 0;
  for (int number : numbers)
    sum += number;
  co_return sum;
}

struct Counter {
  int count = 0;
  // CHECK: :[[@LINE+1]]:15: warning: 'Counter::bad_increment' is a coroutine and awaits nothing
  aio::Coro<> bad_increment() {
    ++count;
    co_return;
  }
};

// A task is only passed on

// CHECK: :[[@LINE+1]]:16: warning: 'bad_forward' only passes on the task that 'fetch' returns; its own frame serves for nothing
aio::Coro<int> bad_forward(int number) { co_return co_await fetch(number); }

// CHECK: :[[@LINE+1]]:13: warning: 'bad_statement' only passes on the task that 'flush' returns
aio::Coro<> bad_statement() { co_await flush(); }

// CHECK: :[[@LINE+1]]:16: warning: 'bad_reference' only passes on the task that 'find' returns
aio::Coro<int> bad_reference(const std::string &name) { co_return co_await find(name); }

// CHECK: :[[@LINE+1]]:16: warning: 'bad_awaited' is a coroutine and awaits nothing
aio::Coro<int> bad_awaited() { co_return 1; }
aio::Coro<int> awaits() { co_return 1 + co_await bad_awaited(); }

// Silent: somebody needs a task

aio::Coro<> good_spawned() {
  ++spawned;
  co_return;
}
aio::Coro<int> good_given_to_a_group(int number) { co_return number; }
aio::Coro<> spawns() {
  aio::Task<> task = aio::create_task(good_spawned());
  co_await aio::gather(good_given_to_a_group(1), good_given_to_a_group(2));
  co_await task;
}
aio::Coro<int> good_main() { co_return 0; }
int main() { return aio::run(good_main()); }

struct Memory {
  aio::Coro<int> good_part_of_a_concept(int page) { co_return page; }
};
template <class Storage> aio::Coro<int> load(Storage &storage) {
  co_return co_await storage.good_part_of_a_concept(1);
}
template aio::Coro<int> load(Memory &);

struct Function {
  aio::Coro<int> operator()(int number) { co_return number; }
};

// Silent: it stands for what is to come

aio::Coro<int> good_not_yet() {
  throw std::logic_error("not implemented");
  co_return 0;
}

// Silent: it awaits

aio::Coro<int> good_two_awaits() { co_return co_await fetch(1) + co_await fetch(2); }
aio::Coro<int> good_more() {
  int number = co_await fetch(1);
  co_return number;
}
aio::Coro<int> good_branch(bool first) {
  if (first)
    co_return 1;
  co_return co_await fetch(2);
}

// Silent: the frame keeps something alive, or catches

aio::Coro<int> good_keeps_parameter(std::string name) { co_return co_await find(name); }
aio::Coro<int> good_keeps_number(int number) { co_return co_await look(number); }
aio::Coro<int> good_keeps_temporary() { co_return co_await find("name"); }
aio::Coro<int> with_default(int number, const std::string &name = "name");
aio::Coro<int> good_keeps_default() { co_return co_await with_default(1); }
aio::Coro<int> point(int *number);
aio::Coro<int> good_keeps_address(int number) { co_return co_await point(&number); }
struct Client {
  explicit Client(const char *name);
  aio::Coro<int> get();
};
aio::Coro<int> good_keeps_object(const char *name) { co_return co_await Client(name).get(); }
aio::Coro<int> good_recursion(int number) { co_return co_await good_recursion(number - 1); }
aio::Coro<int> good_catches() {
  try {
    co_return co_await fetch(1);
  } catch (...) {
    co_return 0;
  }
}
aio::Coro<int> good_holds_something() {
  std::string name = "name";
  co_return co_await find(name);
}

// Silent: another type

aio::Coro<int> good_other_task() { co_return co_await lookup(); }

// Silent: others decide that it returns a task

struct Base {
  virtual ~Base() = default;
  virtual aio::Coro<int> get() { co_return 1; }
};
struct Derived : Base {
  aio::Coro<int> get() override { co_return 2; }
};

aio::Coro<int> good_callback(int number) { co_return number; }
aio::Coro<int> (*callback)(int) = good_callback;

template <class T> aio::Coro<T> good_template(T value) { co_return value; }
template <class T> struct Box {
  T value;
  aio::Coro<T> get() { co_return value; }
};
aio::Coro<int> good_callers(Box<int> box) {
  auto lambda = []() -> aio::Coro<int> { co_return 1; };
  co_return co_await lambda() + co_await good_template(1) + co_await box.get();
}

// Silent: a branch that is not compiled awaits

aio::Coro<int> good_conditional() {
#ifdef HAS_NETWORK
  co_return co_await fetch(1);
#else
  co_return 1;
#endif
}
aio::Coro<int> good_if_constexpr() {
  if constexpr (sizeof(void *) == 2)
    co_return co_await fetch(1);
  else
    co_return 1;
}

// Silent: a stub, and a generator

aio::Coro<> good_stub() { co_return; }
mini::generator<int> good_generator() { co_yield 1; }

// Silent: it holds a guard to the end of what it awaits

struct Guard {
  Guard();
  ~Guard();
};
aio::Coro<int> good_guarded() {
  Guard guard;
  co_return co_await fetch(1);
}

// The lambda and the template may serve other types as well.
template <class T> aio::Coro<T> known_miss_template(T value) { co_return value + 1; }
aio::Coro<int> good_calls_the_template() { co_return co_await known_miss_template(1) + 1; }
