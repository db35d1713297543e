// store.h - coroutines whose bodies are in another file
#pragma once

#include <string>

#include <aio/aio.h>

aio::Coro<int> read_later(const std::string &key);
aio::Coro<int> never_read(const std::string &key);
aio::Coro<int> forwarded(const std::string &key);

const std::string &either(const std::string &first, const std::string &second);
aio::Coro<> through(aio::Coro<int> work);
void finish(aio::Coro<int> work);
void start(aio::Coro<int> work);
