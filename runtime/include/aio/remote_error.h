// remote_error.h - exceptions that come from another process
#pragma once

#include "aio/errors.h"

#include <concepts>
#include <exception>
#include <memory>
#include <string>
#include <typeinfo>
#include <utility>

namespace aio {

/// A job of a ProcessPoolExecutor threw an exception of a type that is not
/// registered here. what() is the text of that exception.
class RemoteError : public Error {
public:
    /// What another process reported: the type it threw and its message.
    RemoteError(std::string type_name, const std::string& text) : Error(text), type_name_(std::move(type_name)) {}

    /// The C++ name of the type that was thrown, as "shop::OutOfStock".
    [[nodiscard]] const std::string& type_name() const noexcept { return type_name_; }

private:
    std::string type_name_;
};

namespace detail {

/// Makes an exception of a registered type from the text of the thrown one.
using RemoteErrorMaker = std::exception_ptr (*)(const std::string& text);

void register_remote_error(const std::type_info& type, RemoteErrorMaker maker);

}  // namespace detail

/// Makes exceptions of exactly the type \p E arrive as \p E, made from their
/// text, instead of as RemoteError. Any thread.
///
/// Registered from the start: the errors of aio and of <stdexcept>, bad_alloc
/// and system_error, which keeps its code.
template <class E>
    requires std::constructible_from<E, const std::string&>
void register_remote_error() {
    detail::register_remote_error(typeid(E), [](const std::string& text) { return std::make_exception_ptr(E(text)); });
}

}  // namespace aio
