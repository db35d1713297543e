// coro-gcc-temporary.cpp - temporaries that GCC 12 miscompiles
//
// RUN: %clang_tidy --config="{Checks: 'coro-gcc-temporary', CheckOptions: {coro-gcc-temporary.Gcc12: 'true'}}" %s %flags | %expect %s
// RUN: %findings --check=coro-gcc-temporary %s %flags | %expect --check-prefix=OFF %s

#include <aio/aio.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

// OFF-NOT: warning

struct Options {
  std::string name;
  int size = 0;
};
struct Numbers {
  int first, second;
};
struct Made {
  explicit Made(std::string name);
  std::string name;
};

aio::Coro<> with(Options options);
aio::Coro<> with_reference(const Options &options);
aio::Coro<> with_numbers(Numbers numbers);
aio::Coro<> with_made(Made made);
aio::Coro<> with_list(std::initializer_list<int> all);
template <class F> aio::Coro<> call(F function);

aio::Coro<> bad(std::string text, std::shared_ptr<int> count) {
  // CHECK: :[[@LINE+2]]:17: warning: GCC 12 copies this aggregate bit by bit in a co_await, so that its members are destroyed twice [coro-gcc-temporary]
  // CHECK: :[[@LINE+1]]:3: note: awaited here
  co_await with(Options{.name = std::string("x")});
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this aggregate
  co_await with({.name = text});
  // CHECK: :[[@LINE+1]]:27: warning: GCC 12 copies this aggregate
  co_await with_reference(Options{text, 1});
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this lambda bit by bit in a co_await, so that what it captures is destroyed twice
  co_await call([s = std::string("x")] { return s.size(); });
  // CHECK: :[[@LINE+1]]:17: warning: GCC 12 copies this lambda
  co_await call([count] { return *count; });
  // CHECK: :[[@LINE+1]]:22: warning: GCC 12 does not compile a braced list in a co_await
  co_await with_list({1, 2});
}

aio::Coro<> good(std::string text, std::shared_ptr<int> count) {
  Options options{.name = text};
  co_await with(std::move(options));
  auto task = with(Options{.name = text});
  co_await std::move(task);
  auto closure = [count] { return *count; };
  co_await call(std::move(closure));
  co_await call([&] { return text.size(); });
  co_await call([number = 1] { return number; });
  co_await with_numbers(Numbers{1, 2});
  co_await with_made(Made(text));
  with(Options{.name = text}).close();
}
