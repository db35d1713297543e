// coro-templates-some.cpp - findings that hold for some instantiations only
//
// RUN: %findings %s %flags | %expect %s

#include <mutex>
#include <utility>

#include <aio/aio.h>

aio::Coro<int> fetch();

struct AsyncMutex {
  struct Guard {
    explicit Guard(AsyncMutex &) {}
    ~Guard() {}
  };
};
struct ThreadMutex {
  using Guard = std::unique_lock<std::mutex>;
};
struct OtherThreadMutex {
  using Guard = std::lock_guard<std::mutex>;
};

template <class Policy, class Mutex> aio::Coro<int> bad_some(Mutex &mutex) {
  // CHECK: :[[@LINE+4]]:26: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  // CHECK-NEXT: :[[@LINE+3]]:26: note: lock taken here
  // CHECK-NEXT: :[[@LINE+3]]:13: note: suspended here, by co_await
  // CHECK-NEXT: :[[@LINE-4]]:53: note: in 2 of 3 instantiations: 'bad_some<ThreadMutex, std::mutex>' and 1 more
  typename Policy::Guard guard(mutex);
  co_return co_await fetch();
}

struct Task {
  aio::Coro<int> work;
  aio::Coro<int> get() { return fetch(); }
};
struct Value {
  int get() { return 1; }
};

// All of them: the template as such is wrong.
template <class T> aio::Coro<> bad_all(T) {
  // CHECK: :[[@LINE+1]]:8: warning: 'work' is never awaited, so its work never starts [coro-unawaited-task]
  auto work = fetch();
  co_return;
}

template <class From> aio::Coro<> bad_one(From from) {
  // CHECK: :[[@LINE+2]]:8: warning: 'got' is never awaited, so its work never starts [coro-unawaited-task]
  // CHECK-NEXT: :[[@LINE-2]]:35: note: in 1 of 2 instantiations: 'bad_one<Task>'
  auto got = from.get();
  co_return;
}

// A member of a class template, and a lambda in a template
template <class From> struct Reader {
  From from;
  aio::Coro<> bad_read() {
    // CHECK: :[[@LINE+2]]:10: warning: 'got' is never awaited, so its work never starts [coro-unawaited-task]
    // CHECK-NEXT: :[[@LINE-2]]:15: note: in 1 of 2 instantiations: 'Reader<Task>::bad_read'
    auto got = from.get();
    co_return;
  }
};

template <class From> aio::Coro<> bad_in_a_lambda(From from) {
  auto read = [&from]() -> aio::Coro<> {
    // CHECK: :[[@LINE+2]]:10: warning: 'got' is never awaited, so its work never starts [coro-unawaited-task]
    // CHECK-NEXT: :[[@LINE-2]]:15: note: in 1 of 2 instantiations: 'bad_in_a_lambda<Task>'
    auto got = from.get();
    co_return;
  };
  co_await read();
}

aio::Coro<> good_user(std::mutex &mutex, AsyncMutex &other) {
  co_await bad_some<ThreadMutex>(mutex);
  co_await bad_some<OtherThreadMutex>(mutex);
  co_await bad_some<AsyncMutex>(other);
  co_await bad_all(1);
  co_await bad_all('a');
  co_await bad_one(Task{fetch()});
  co_await bad_one(Value());
  co_await Reader<Task>{{fetch()}}.bad_read();
  co_await Reader<Value>().bad_read();
  co_await bad_in_a_lambda(Task{fetch()});
  co_await bad_in_a_lambda(Value());
}
