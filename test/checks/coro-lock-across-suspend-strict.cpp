// coro-lock-across-suspend-strict.cpp - locks in structs and in generators
//
// RUN: %findings --strict --check=coro-lock-across-suspend %s %flags | %expect %s

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <aio/aio.h>

#include "task_mock.h"

aio::Coro<> flush() { co_return; }
std::mutex m;

struct Session {
  std::unique_lock<std::mutex> lock;
  int number = 0;
};

Session open();

aio::Coro<> bad_guard_in_a_struct() {
  // CHECK: :[[@LINE+1]]:11: warning: 'session' stays locked
  Session session{std::unique_lock(m)};
  co_await flush();
}

aio::Coro<> bad_struct_from_a_helper() {
  // CHECK: :[[@LINE+1]]:8: warning: 'session' stays locked
  auto session = open();
  co_await flush();
}

// A struct in a struct

struct Request {
  Session session;
  std::string name;
};
Request request();

aio::Coro<> bad_guard_in_a_struct_in_a_struct() {
  // CHECK: :[[@LINE+1]]:8: warning: 'one' stays locked
  auto one = request();
  co_await flush();
}

aio::Coro<> good_struct_in_a_struct_in_a_scope() {
  {
    auto one = request();
  }
  co_await flush();
}

aio::Coro<> good_struct_in_a_scope() {
  {
    auto session = open();
  }
  co_await flush();
}

aio::Coro<> good_empty_struct() {
  Session session;
  co_await flush();
}

aio::Coro<> bad_optional() {
  // CHECK: :[[@LINE+1]]:46: warning: 'guard' stays locked
  std::optional<std::lock_guard<std::mutex>> guard(std::in_place, m);
  co_await flush();
}

aio::Coro<> bad_emplaced() {
  std::optional<std::lock_guard<std::mutex>> guard;
  // CHECK: :[[@LINE+1]]:3: warning: 'guard' stays locked
  guard.emplace(m);
  co_await flush();
}

aio::Coro<> good_optional() {
  std::optional<std::lock_guard<std::mutex>> guard;
  co_await flush();
  guard.emplace(m);
  guard.reset();
  co_await flush();
  guard = std::nullopt;
  co_await flush();
}

mini::generator<int> bad_generator() {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; its consumer runs under the lock
  std::lock_guard guard(m);
  co_yield 1;
}

mini::generator<int> good_generator() {
  {
    std::lock_guard guard(m);
  }
  co_yield 1;
}

class Guarded {
public:
  struct Access {
    std::unique_lock<std::mutex> lock;
    explicit Access(Guarded &of) : lock(of.mutex) {}
  };
  std::mutex mutex;
};

aio::Coro<> bad_guard_over_the_mutex_of_an_object(Guarded &guarded) {
  // CHECK: :[[@LINE+1]]:19: warning: 'access' stays locked
  Guarded::Access access(guarded);
  co_await flush();
}

aio::Coro<> bad_guard_on_the_heap() {
  // CHECK: :[[@LINE+1]]:8: warning: 'guard' stays locked
  auto guard = std::make_unique<std::unique_lock<std::mutex>>(m);
  co_await flush();
}

// Guards that the class makes by itself

struct Held {
  std::lock_guard<std::mutex> guard{m};
  int number = 0;
};
struct Named {
  std::string name;
  std::unique_lock<std::mutex> lock{m};
};
struct Built {
  std::unique_lock<std::mutex> lock;
  Built() : lock(m) {}
  explicit Built(int) {}
  explicit Built(char) : lock(m, std::defer_lock) {}
};
struct Later {
  std::unique_lock<std::mutex> lock{m, std::defer_lock};
};
/// It has a mutex, and does not lock it.
struct Quiet {
  std::mutex own;
  std::unique_lock<std::mutex> lock;
  Quiet() : own() {}
};
struct Elsewhere {
  std::unique_lock<std::mutex> lock;
  Elsewhere();
};

aio::Coro<> bad_made_by_the_class() {
  // CHECK: :[[@LINE+1]]:8: warning: 'held' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  Held held;
  co_await flush();
}

aio::Coro<> bad_made_by_the_aggregate() {
  // CHECK: :[[@LINE+1]]:8: warning: 'held' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  Held held{};
  // CHECK: :[[@LINE+1]]:9: warning: 'named' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  Named named{.name = "a"};
  co_await flush();
}

aio::Coro<> bad_made_by_the_constructor() {
  // CHECK: :[[@LINE+1]]:9: warning: 'built' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  Built built;
  co_await flush();
}

aio::Coro<> good_made_without_a_lock() {
  Built empty(1), deferred('a');
  Later later;
  Quiet quiet;
  Session session{std::unique_lock(m, std::defer_lock)};
  co_await flush();
}

aio::Coro<> known_miss_constructor_elsewhere() {
  Elsewhere held;
  co_await flush();
}

// Helpers that call under the lock

template <class F> auto synchronized(F body) {
  std::lock_guard guard(m);
  return body();
}
template <class F> aio::Coro<> synchronized_task(F body) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(m);
  co_await body();
}
#define SYNCHRONIZED(mutex) if (std::lock_guard synchronized_guard(mutex); true)

/// The task is made under the lock, and runs later.
aio::Coro<> good_made_under_the_lock() {
  co_await synchronized([] { return flush(); });
}

aio::Coro<> good_calls_the_helper() { co_await synchronized_task(flush); }

aio::Coro<> bad_erased_helper(std::function<aio::Coro<>()> body) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(m);
  co_await body();
}

aio::Coro<> bad_block(int &count) {
  // CHECK: :[[@LINE+1]]:3: warning: 'synchronized_guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  SYNCHRONIZED(m)
    co_await flush();
  SYNCHRONIZED(m)
    ++count;
  co_await flush();
}
