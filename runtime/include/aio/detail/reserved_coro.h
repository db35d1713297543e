// reserved_coro.h - a coroutine for later, perhaps for never
#pragma once

#include "aio/coro.h"

#include <utility>

namespace aio::detail {

/// A coroutine that nobody misses when its owner is destroyed before it ran.
template <class T>
struct ReservedCoro {
    explicit ReservedCoro(Coro<T> reserved) noexcept : coro(std::move(reserved)) {}
    ReservedCoro(ReservedCoro&&) noexcept = default;
    ReservedCoro& operator=(ReservedCoro&&) = delete;
    ~ReservedCoro() { coro.close(); }

    Coro<T> coro;
};

}  // namespace aio::detail
