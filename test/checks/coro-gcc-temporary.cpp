// coro-gcc-temporary.cpp - temporaries that GCC 12 miscompiles
//
// RUN: %findings --check=coro-gcc-temporary %s %flags | %expect %s

#include <aio/aio.h>

#include <array>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Options {
  std::string name;
  int size = 0;
};
struct Derived : Options {
  int depth = 0;
};
struct Numbers {
  int first, second;
};
struct Made {
  explicit Made(std::string name);
  std::string name;
};
struct Awaiter {
  std::string name;
  bool await_ready();
  void await_suspend(std::coroutine_handle<> waiting);
  void await_resume();
};

aio::Coro<> with(Options options);
aio::Coro<> with_reference(const Options &options);
aio::Coro<> with_default(int number, Options options = {});
aio::Coro<> with_numbers(Numbers numbers);
aio::Coro<> with_made(Made made);
aio::Coro<> with_names(std::array<std::string, 2> names);
aio::Coro<> with_pair(std::pair<int, Options> pair);
aio::Coro<> with_list(std::initializer_list<int> all);
aio::Coro<> with_vector(std::vector<int> all);
aio::Coro<> with_array(const int (&all)[2]);
aio::Coro<int> number(int size);
template <class F> aio::Coro<> call(F function) {
  function();
  co_return;
}
aio::Coro<> call_any(std::function<void()> function);
int count(const Options &options);
Options make();

// Each of these was seen to go wrong with GCC 12.2.

aio::Coro<> bad_aggregate(std::string text, bool first) {
  // CHECK: :[[@LINE+2]]:17: warning: GCC 12 copies this aggregate bit by bit in an expression with co_await, so that its members are destroyed twice [coro-gcc-temporary]
  // CHECK-NEXT: :[[@LINE+1]]:3: note: suspends here
  co_await with(Options{.name = std::string("x")});
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this aggregate
  co_await with({.name = text});
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this aggregate
  co_await with({});
  // CHECK: :[[@LINE+1]]:27: warning: GCC 12 copies this aggregate
  co_await with_reference(Options{text, 1});
  // CHECK: :[[@LINE+1]]:27: warning: GCC 12 copies this aggregate
  co_await with_reference(Derived{});
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this aggregate
  co_await with(Options(text, 1));
  // CHECK: :[[@LINE+1]]:27: warning: GCC 12 copies this aggregate
  co_await with(std::move(Options{}));
  // CHECK: :[[@LINE+2]]:25: warning: GCC 12 copies this aggregate
  // CHECK: :[[@LINE+1]]:37: warning: GCC 12 copies this aggregate
  co_await with(first ? Options{} : Options{text});
  // CHECK: :[[@LINE+1]]:23: warning: GCC 12 copies this aggregate
  co_await with_names({text, text});
  // CHECK: :[[@LINE+1]]:26: warning: GCC 12 copies this aggregate
  co_await with_pair({1, Options{}});
  // CHECK: :[[@LINE+1]]:12: warning: GCC 12 copies this aggregate
  co_await Awaiter{text};
}

aio::Coro<int> bad_beside_the_await(std::string text) {
  // CHECK: :[[@LINE+2]]:19: warning: GCC 12 copies this aggregate
  // CHECK: :[[@LINE+1]]:36: note: suspends here
  int sum = count(Options{text}) + co_await number(1);
  // CHECK: :[[@LINE+1]]:36: warning: GCC 12 copies this aggregate
  sum += co_await number(1 + count(Options{text}));
  // CHECK: :[[@LINE+1]]:18: warning: GCC 12 copies this aggregate
  Options options{.name = text, .size = co_await number(2)};
  std::vector<Options> all;
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this aggregate
  all.push_back({.name = text, .size = co_await number(2)});
  // CHECK: :[[@LINE+1]]:27: warning: GCC 12 copies this aggregate
  auto *made = new Options{text, co_await number(3)};
  delete made;
  // CHECK: :[[@LINE+1]]:13: warning: GCC 12 copies this aggregate
  options = Options{.size = co_await number(4)};
  co_return sum;
}

aio::Coro<int> measure(Options options);

aio::Coro<> bad_conditions(std::string text, int count_down) {
  // CHECK: :[[@LINE+1]]:24: warning: GCC 12 copies this aggregate
  if (co_await measure(Options{text}))
    count_down = 3;
  // CHECK: :[[@LINE+1]]:35: warning: GCC 12 copies this aggregate
  if (int size = co_await measure(Options{text}); size > 0)
    count_down = 2;
  // CHECK: :[[@LINE+1]]:27: warning: GCC 12 copies this aggregate
  while (co_await measure(Options{text}) < --count_down) {
  }
  do
    --count_down;
  // CHECK: :[[@LINE+1]]:28: warning: GCC 12 copies this aggregate
  while (!co_await measure(Options{text}));
  // CHECK: :[[@LINE+1]]:40: warning: GCC 12 copies this aggregate
  for (int i = 0; i < co_await measure(Options{text}); ++i) {
  }
  // CHECK: :[[@LINE+1]]:28: warning: GCC 12 copies this aggregate
  switch (co_await measure(Options{text})) {
  default:
    break;
  }
  // CHECK: :[[@LINE+1]]:13: warning: GCC 12 copies this aggregate
  if (count(Options{text}) && co_await number(1))
    count_down = 0;
  // CHECK: :[[@LINE+1]]:54: warning: GCC 12 copies this aggregate
  count_down = co_await number(1) ? co_await measure(Options{text}) : 0;
}

// The condition is an expression of its own, without an await.
aio::Coro<> good_conditions(std::string text, int count_down) {
  if (count(Options{text}))
    co_await number(1);
  while (count(Options{text}) < --count_down)
    co_await number(count_down);
}

aio::Coro<> bad_default_argument() {
  // CHECK: :[[@LINE+1]]:12: warning: GCC 12 copies the default argument's aggregate bit by bit in an expression with co_await
  co_await with_default(1);
}

aio::Coro<> bad_closure(std::string text, std::shared_ptr<int> count) {
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this lambda bit by bit in an expression with co_await, so that what it captures is destroyed twice
  co_await call([s = std::string("x")] { return s.size(); });
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this lambda
  co_await call([count] { return *count; });
  // CHECK: :[[@LINE+1]]:21: warning: GCC 12 copies this lambda
  co_await call_any([&text, count] { text.clear(); });
  // CHECK: :[[@LINE+1]]:12: warning: GCC 12 copies this lambda
  co_await [count]() -> aio::Coro<> { co_await number(*count); }();
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this lambda
  co_await call([options = Options{text}] { return options.size; });
  // CHECK: :[[@LINE+1]]:16: warning: GCC 12 copies this lambda
  auto later = [text, n = co_await number(1)] { return text.size() + n; };
  later();
}

aio::Coro<> bad_list() {
  // CHECK: :[[@LINE+1]]:22: warning: GCC 12 does not compile a braced list in an expression with co_await
  co_await with_list({1, 2});
  // CHECK: :[[@LINE+1]]:24: warning: GCC 12 does not compile a braced list
  co_await with_vector({1, 2});
  // CHECK: :[[@LINE+1]]:40: warning: GCC 12 does not compile a braced list
  co_await with_vector(std::vector<int>{1, 2});
  // CHECK: :[[@LINE+1]]:23: warning: GCC 12 does not compile a braced list
  co_await with_array({1, 2});
  // CHECK: :[[@LINE+1]]:23: warning: GCC 12 does not compile a braced list
  std::vector<int> all{1, co_await number(2)};
}

aio::AsyncGenerator<int> bad_generator(std::string text) {
  // CHECK: :[[@LINE+1]]:18: warning: GCC 12 copies this aggregate bit by bit in an expression with co_yield
  co_yield count(Options{text});
}

aio::Coro<> good_named_before(std::string text, std::shared_ptr<int> count) {
  Options options{.name = text};
  co_await with(std::move(options));
  auto task = with(Options{.name = text});
  co_await std::move(task);
  auto closure = [count] { return *count; };
  co_await call(std::move(closure));
  std::vector<int> all = {1, 2};
  co_await with_vector(all);
  for (const std::string &name : {text, text})
    co_await number(name.size());
  Options assigned;
  assigned = Options{.name = text};
}

aio::Coro<> good_nothing_to_destroy() {
  int size = 1;
  co_await call([&] { return size; });
  co_await call([number = 1] { return number; });
  co_await with_numbers(Numbers{1, 2});
}

aio::Coro<> good_other_objects(std::string text) {
  co_await with_made(Made(text));
  co_await with_made(Made{text});
  co_await with(Options());
  co_await with(make());
  co_await with_vector({});
  co_await number((new Options{text})->size);
  int all[] = {1, co_await number(2)};
  (void)all;
}

void good_no_await(std::string text) { with(Options{.name = text}).close(); }
