// server.cpp - coroutines that use the store
#include "store.h"

#include <aio/aio.h>

aio::Coro<> bad_save(Store &store) {
  // CHECK: server.cpp:[[@LINE+3]]:9: warning: call of 'Store::flush' blocks the event loop in coroutine 'bad_save': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  // CHECK-NEXT: server.cpp:[[@LINE+2]]:9: note: 'bad_save' calls 'Store::flush' here
  // CHECK-NEXT: store.cpp:7:23: note: 'Store::flush' calls 'std::this_thread::sleep_for' here
  store.flush();
  co_return;
}

aio::Coro<int> good_size(const Store &store) { co_return store.size(); }

aio::Coro<> good_save_elsewhere(Store &store) {
  co_await aio::to_thread([&store] { store.flush(); });
}
