// noisy_generator.h - a generator that tells how it ended
#pragma once

#include "virtual_run.h"

#include <optional>
#include <string>

namespace aio_test {

/// Yields 1, sleeps, yields 2; appends to \p log how it ends.
inline aio::AsyncGenerator<int> noisy(std::string& log) {
    const char* how = "end ";
    try {
        co_yield 1;
        co_await aio::sleep(1s);
        co_yield 2;
    } catch (const aio::CancelledError&) {
        how = "cancelled ";
    } catch (const aio::GeneratorExit&) {
        how = "exit ";
    }
    log += how;
}

/// next(), as a coroutine.
template <class T>
aio::Coro<std::optional<T>> next_of(const aio::AsyncGenerator<T>& generator) {
    co_return co_await generator.next();
}

}  // namespace aio_test
