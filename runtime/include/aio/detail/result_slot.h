// result_slot.h - room for a value that comes later
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace aio::detail {

/// Room for a value, which may not be there yet.
template <class T>
struct ResultSlot {
    ResultSlot() noexcept {}
    ~ResultSlot() {
        if (full) value.~T();
    }

    template <class... U>
    void emplace(U&&... argument) {
        std::construct_at(&value, std::forward<U>(argument)...);
        full = true;
    }
    T& get() noexcept { return value; }

    bool full = false;
    union {
        T value;
    };
};

/// Needs no destructor, so nobody has to know whether it is full.
template <class T>
    requires(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(std::max_align_t))
struct ResultSlot<T> {
    ResultSlot() noexcept {}

    template <class... U>
    void emplace(U&&... argument) {
        std::construct_at(&value, std::forward<U>(argument)...);
    }
    T& get() noexcept { return value; }

    union {
        T value;
    };
};

/// Kept elsewhere: frames and pooled objects are not aligned that much.
template <class T>
    requires(alignof(T) > alignof(std::max_align_t))
struct ResultSlot<T> {
    template <class... U>
    void emplace(U&&... argument) {
        value = std::make_unique<T>(std::forward<U>(argument)...);
    }
    T& get() noexcept { return *value; }

    std::unique_ptr<T> value;
};

}  // namespace aio::detail
