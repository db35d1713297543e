// placed.h - a pointer argument that knows where it was passed
#pragma once

#include <concepts>
#include <cstddef>
#include <source_location>

namespace aio::detail {

/// Is made of an `Owner*`, or with \p or_null of null, where that is passed, and
/// notes the place.
///
/// For functions that end in any number of arguments: there C++ has no room for
/// a default argument.
template <class Owner, bool or_null = false>
class Placed {
public:
    template <class Derived>
        requires std::convertible_to<Derived*, Owner*>
    Placed(Derived* pointer, std::source_location where = std::source_location::current()) noexcept  // NOLINT: implicit
        : pointer_(pointer), where_(where) {}
    Placed(std::nullptr_t, std::source_location where = std::source_location::current()) noexcept  // NOLINT: implicit
        requires or_null
        : where_(where) {}

    [[nodiscard]] Owner* get() const noexcept { return pointer_; }
    [[nodiscard]] const std::source_location& where() const noexcept { return where_; }

private:
    Owner* pointer_ = nullptr;
    std::source_location where_;
};

}  // namespace aio::detail
