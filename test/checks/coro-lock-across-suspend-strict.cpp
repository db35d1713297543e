// coro-lock-across-suspend-strict.cpp - locks in structs and in generators
//
// RUN: %findings --strict --check=coro-lock-across-suspend %s %flags | %expect %s

#include <memory>
#include <mutex>
#include <optional>

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
