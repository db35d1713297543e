// outcome.h - a result or the error in its place
#pragma once

#include "aio/detail/future_state.h"
#include "aio/detail/holds.h"
#include "aio/errors.h"

#include <exception>
#include <utility>
#include <variant>

namespace aio {

/// What a child of gather_outcomes() came to: a value, or what it threw.
template <class T = void>
class Outcome {
public:
    /// A value.
    explicit Outcome(detail::Stored<T> value) : state_(std::in_place_index<0>, std::move(value)) {}
    /// What was thrown; not null.
    explicit Outcome(std::exception_ptr error) : state_(std::in_place_index<1>, std::move(error)) {}

    /// True when there is a value.
    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }

    /// What was thrown, or null.
    [[nodiscard]] std::exception_ptr error() const noexcept { return ok() ? nullptr : std::get<1>(state_); }

    /// True when the error is a CancelledError.
    [[nodiscard]] bool cancelled() const noexcept { return detail::holds<CancelledError>(error()); }

    /// The value; rethrows the error if there is one.
    decltype(auto) value() const {
        if (!ok()) std::rethrow_exception(std::get<1>(state_));
        if constexpr (std::is_void_v<T>)
            return;
        else if constexpr (std::is_reference_v<T>)
            return static_cast<T>(*std::get<0>(state_));
        else
            return static_cast<const T&>(std::get<0>(state_));
    }

    /// Moves the value out; rethrows the error if there is one.
    T take() {
        if (!ok()) std::rethrow_exception(std::get<1>(state_));
        if constexpr (std::is_void_v<T>)
            return;
        else if constexpr (std::is_reference_v<T>)
            return *std::get<0>(state_);
        else
            return std::move(std::get<0>(state_));
    }

private:
    std::variant<detail::Stored<T>, std::exception_ptr> state_;
};

}  // namespace aio
