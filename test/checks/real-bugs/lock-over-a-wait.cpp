// lock-over-a-wait.cpp - a mutex is held while the coroutine is suspended
//
// RUN: %findings %s %flags | %expect %s
//
// arangodb pull request 21099 (2024); qcoro 146; ceph pull request 29553

#include <mutex>

#include "qcoro_mock.h"

QCoro::Task<int> fetch(int key);

class Cache {
public:
  QCoro::Task<int> bad_get(int key) {
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'guard' stays locked while {{.*}}[coro-lock-across-suspend]
    std::lock_guard guard(mutex);
    last = co_await fetch(key);
    co_return last;
  }

  QCoro::Task<int> good_get(int key) {
    int got = co_await fetch(key);
    std::lock_guard guard(mutex);
    last = got;
    co_return got;
  }

private:
  std::mutex mutex;
  int last = 0;
};
