// holds.h - asks what type of error a pointer holds
#pragma once

#include <exception>

namespace aio::detail {

/// True when \p error is an \p E, or derives from it; false for null.
template <class E>
[[nodiscard]] bool holds(const std::exception_ptr& error) noexcept {
    if (!error) return false;
    try {
        std::rethrow_exception(error);
    } catch (const E&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace aio::detail
