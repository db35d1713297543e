// store.cpp - uses its arguments, or not
#include "store.h"

aio::Coro<int> read_later(const std::string &key) {
  co_await aio::yield();
  co_return static_cast<int>(key.size());
}
aio::Coro<int> never_read(const std::string &) { co_return 1; }
