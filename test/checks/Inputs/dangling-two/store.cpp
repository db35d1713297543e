// store.cpp - uses its arguments, or not
#include "store.h"

#include <utility>

aio::Coro<int> read_later(const std::string &key) {
  co_await aio::yield();
  co_return static_cast<int>(key.size());
}
aio::Coro<int> never_read(const std::string &) { co_return 1; }

const std::string &either(const std::string &first, const std::string &second) {
  return first.empty() ? second : first;
}
aio::Coro<> through(aio::Coro<int> work) { co_await std::move(work); }
void finish(aio::Coro<int> work) { aio::run(std::move(work)); }
void start(aio::Coro<int> work) { aio::create_task(std::move(work)); }
