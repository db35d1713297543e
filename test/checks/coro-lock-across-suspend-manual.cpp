// coro-lock-across-suspend-manual.cpp - mutexes locked without a guard
//
// RUN: %findings %s %flags | %expect %s

#include <cerrno>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include <pthread.h>

#include <aio/aio.h>

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<> flush() { co_return; }
bool enabled();
void log(const char *text);

std::mutex m, other;
std::shared_mutex shared;
pthread_mutex_t native = PTHREAD_MUTEX_INITIALIZER;
pthread_rwlock_t native_shared = PTHREAD_RWLOCK_INITIALIZER;

aio::Coro<> bad_locked() {
  // CHECK: :[[@LINE+3]]:3: warning: 'm' stays locked while the coroutine is suspended
  // CHECK: :[[@LINE+2]]:3: note: lock taken here
  // CHECK: :[[@LINE+2]]:3: note: suspended here, by co_await
  m.lock();
  co_await flush();
  m.unlock();
}

aio::Coro<> good_unlocked() {
  m.lock();
  log("locked");
  m.unlock();
  co_await flush();
}

aio::Coro<> good_other_order() {
  co_await flush();
  m.lock();
  m.unlock();
}

aio::Coro<> bad_one_of_two() {
  m.lock();
  // CHECK: :[[@LINE+1]]:3: warning: 'other' stays locked
  other.lock();
  m.unlock();
  co_await flush();
  other.unlock();
}

aio::Coro<> bad_reader() {
  // CHECK: :[[@LINE+1]]:3: warning: 'shared' stays locked
  shared.lock_shared();
  co_await flush();
  shared.unlock_shared();
}

aio::Coro<> bad_unlocked_on_one_path() {
  // CHECK: :[[@LINE+1]]:3: warning: 'm' stays locked
  m.lock();
  if (enabled())
    m.unlock();
  co_await flush();
}

aio::Coro<> good_locked_on_one_path() {
  if (enabled()) {
    m.lock();
    log("locked");
    m.unlock();
  }
  co_await flush();
}

aio::Coro<> bad_locked_on_one_path() {
  if (enabled())
    // CHECK: :[[@LINE+1]]:5: warning: 'm' stays locked
    m.lock();
  co_await flush();
  if (enabled())
    m.unlock();
}

aio::Coro<> bad_loop() {
  for (;;) {
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'm' stays locked
    m.lock();
    if (enabled())
      continue;
    m.unlock();
  }
}

aio::Coro<> good_goto() {
again:
  m.lock();
  if (enabled()) {
    m.unlock();
    goto again;
  }
  m.unlock();
  co_await flush();
}

struct Cache {
  std::mutex mutex;
  std::unique_ptr<std::mutex> owned;
  std::mutex *pointer;

  aio::Coro<> bad_member() {
    // CHECK: :[[@LINE+1]]:5: warning: 'mutex' stays locked
    mutex.lock();
    co_await flush();
    mutex.unlock();
  }

  aio::Coro<> good_member() {
    this->mutex.lock();
    mutex.unlock();
    co_await flush();
  }

  aio::Coro<> bad_pointer() {
    // CHECK: :[[@LINE+1]]:5: warning: 'pointer' stays locked
    pointer->lock();
    co_await flush();
    (*pointer).unlock();
  }

  aio::Coro<> good_pointer() {
    pointer->lock();
    (*pointer).unlock();
    co_await flush();
  }
};

aio::Coro<> bad_member_of_another(Cache &first, Cache &second) {
  // CHECK: :[[@LINE+1]]:3: warning: 'mutex' stays locked
  first.mutex.lock();
  second.mutex.lock();
  second.mutex.unlock();
  co_await flush();
  first.mutex.unlock();
}

aio::Coro<> good_same_lock_by_another_name(Cache *cache) {
  std::mutex &alias = cache->mutex;
  alias.lock();
  alias.unlock();
  co_await flush();
}

// Tries

aio::Coro<> bad_tried() {
  // CHECK: :[[@LINE+1]]:7: warning: 'm' stays locked
  if (m.try_lock()) {
    co_await flush();
    m.unlock();
  }
}

aio::Coro<> good_tried() {
  if (!m.try_lock()) {
    co_await flush();
    co_return;
  }
  m.unlock();
  while (!m.try_lock())
    co_await flush();
  m.unlock();
}

aio::Coro<> bad_tried_with_more() {
  // CHECK: :[[@LINE+1]]:20: warning: 'm' stays locked
  if (enabled() && m.try_lock()) {
    co_await flush();
    m.unlock();
  }
}

aio::Coro<> bad_tried_by_name() {
  // CHECK: :[[@LINE+1]]:20: warning: 'm' stays locked
  bool const got = m.try_lock();
  if (got == false)
    co_return;
  co_await flush();
  m.unlock();
}

aio::Coro<> good_tried_by_name() {
  if (bool got = m.try_lock(); !got)
    co_await flush();
  else
    m.unlock();
}

// C functions

aio::Coro<> bad_native() {
  // CHECK: :[[@LINE+1]]:3: warning: 'native' stays locked
  pthread_mutex_lock(&native);
  co_await flush();
  pthread_mutex_unlock(&native);
  co_await flush();
}

aio::Coro<> bad_native_reader() {
  // CHECK: :[[@LINE+1]]:3: warning: 'native_shared' stays locked
  pthread_rwlock_rdlock(&native_shared);
  co_await flush();
  pthread_rwlock_unlock(&native_shared);
}

aio::Coro<> bad_native_try() {
  // CHECK: :[[@LINE+1]]:7: warning: 'native' stays locked
  if (pthread_mutex_trylock(&native) == 0) {
    co_await flush();
    pthread_mutex_unlock(&native);
  }
}

aio::Coro<> good_native_try() {
  if (pthread_mutex_trylock(&native) != 0) {
    co_await flush();
    co_return;
  }
  pthread_mutex_unlock(&native);
  if (pthread_mutex_trylock(&native)) {
    co_await flush();
    co_return;
  }
  pthread_mutex_unlock(&native);
  while (pthread_mutex_trylock(&native) == EBUSY)
    co_await flush();
  pthread_mutex_unlock(&native);
}

// Guards over what was locked by hand

aio::Coro<> good_adopted() {
  m.lock();
  {
    std::lock_guard adopted(m, std::adopt_lock);
    log("locked");
  }
  co_await flush();
}

aio::Coro<> bad_adopted() {
  std::lock(m, other);
  // CHECK: :[[@LINE+2]]:19: warning: 'first' stays locked
  // CHECK: :[[@LINE+2]]:19: warning: 'second' stays locked
  std::lock_guard first(m, std::adopt_lock);
  std::lock_guard second(other, std::adopt_lock);
  co_await flush();
}

aio::Coro<> good_handler() {
  try {
    m.lock();
    log("locked");
    m.unlock();
  } catch (...) {
    m.unlock();
    throw;
  }
  co_await flush();
}

// What is not seen

void lock_all();
void unlock_all();

aio::Coro<> known_miss_locked_by_callee() {
  lock_all();
  co_await flush();
  unlock_all();
}

aio::Coro<> known_miss_by_index(std::mutex (&all)[2], int index) {
  all[index].lock();
  co_await flush();
  all[index].unlock();
}
