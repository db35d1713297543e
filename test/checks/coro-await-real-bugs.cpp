// coro-await-real-bugs.cpp - shapes of bugs fixed in public projects
//
// RUN: %findings --strict %s %flags | %expect %s

#include <coroutine>
#include <mutex>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

/// A future as Seastar has it: eager, awaited through a free operator, its
/// promise found by a trait.
namespace reactor {
template <class T = void> class [[nodiscard]] future {
public:
  future(future &&) noexcept;
  ~future();
  bool available() const noexcept;
};
template <class T> mini::detail::task_awaiter<T> operator co_await(future<T> work);
struct units {
  ~units();
};
struct semaphore {};
future<units> get_units(semaphore &limit, int count);
struct rwlock {
  struct holder {};
  future<holder> hold_write_lock();
};
template <class T> future<std::vector<T>> when_all(future<T> first, future<T> second);
} // namespace reactor

template <class T, class... Arguments>
struct std::coroutine_traits<reactor::future<T>, Arguments...> {
  struct promise_type {
    reactor::future<T> get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
};

bool failed();
reactor::future<> update_broker();

struct Registry {
  reactor::rwlock lock;
  reactor::semaphore limit;

  // scylladb bc482bfdea: the table registry's write lock, kept as a future
  reactor::future<> bad_write_lock() {
    // CHECK: :[[@LINE+1]]:10: warning: 'holder' is never awaited
    auto holder = lock.hold_write_lock();
    co_await update_broker();
  }

  // scylladb 7d6f734a51, 66206207f9; redpanda 40513ab296: permits
  reactor::future<> bad_permits() {
    // CHECK: :[[@LINE+1]]:10: warning: 'ticket' is never awaited
    auto ticket = reactor::get_units(limit, 1);
    co_await update_broker();
  }

  // redpanda aa279b2a87: a snapshot lock, twice
  reactor::future<> bad_twice() {
    {
      // CHECK: :[[@LINE+1]]:12: warning: 'apply' is never awaited
      auto apply = lock.hold_write_lock();
      co_await update_broker();
    }
    // CHECK: :[[@LINE+1]]:10: warning: 'take' is never awaited
    auto take = lock.hold_write_lock();
    co_await update_broker();
  }

  reactor::future<> good() {
    auto holder = co_await lock.hold_write_lock();
    auto ticket = co_await reactor::get_units(limit, 1);
    auto later = lock.hold_write_lock();
    co_await std::move(later);
  }
};

// redpanda da3d491ebb: one path returns without the update
reactor::future<> done();
reactor::future<> bad_update() {
  // CHECK: :[[@LINE+1]]:8: warning: 'f' is not awaited on every path
  auto f = update_broker();
  if (failed())
    return done();
  return f;
}

// scylladb 41951d34ad: the background updater is not waited for on one path
mini::task<> updater();
mini::task<> bad_updater() {
  // CHECK: :[[@LINE+1]]:8: warning: 'background' is not awaited on every path
  auto background = updater();
  if (failed())
    co_return;
  co_await std::move(background);
}

// scylladb c574fdd9d0: an early return leaves the other fibres running
mini::task<bool> fibre(int number);
mini::task<> bad_fibres() {
  auto first = fibre(1);
  // CHECK: :[[@LINE+1]]:8: warning: 'second' is not awaited on every path
  auto second = fibre(2);
  if (!co_await std::move(first))
    co_return;
  co_await std::move(second);
}
mini::task<> good_fibres() {
  auto first = fibre(1), second = fibre(2);
  co_await mini::when_all(std::move(first), std::move(second));
}

// CP.52; arangodb #21099; qcoro #146: a lock over a suspension
std::mutex g_lock;
mini::task<> bad_guarded() {
  // CHECK: :[[@LINE+1]]:31: warning: 'guard' stays locked
  std::lock_guard<std::mutex> guard(g_lock);
  co_await updater();
}
mini::task<> good_guarded() {
  {
    std::lock_guard<std::mutex> guard(g_lock);
  }
  co_await updater();
}

// ceph #29553: the completion needs the lock that is held
class Journal {
  std::mutex m_lock;
  mini::task<> flush_one();
  mini::task<> bad_flush() {
    // CHECK: :[[@LINE+1]]:22: warning: 'locker' stays locked
    std::unique_lock locker{m_lock};
    while (failed()) {
      co_await flush_one();
    }
  }
  mini::task<> good_flush() {
    std::unique_lock locker{m_lock};
    while (failed()) {
      locker.unlock();
      co_await flush_one();
      locker.lock();
    }
  }
};
