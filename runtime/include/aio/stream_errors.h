// stream_errors.h - what goes wrong with streams and connections
#pragma once

#include "aio/errors.h"

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace aio {

/// A stream ended before what was asked for had come.
class IncompleteReadError : public Error {
public:
    /// Only \p partial came of \p expected bytes.
    IncompleteReadError(std::string partial, std::optional<std::size_t> expected);

    /// What came before the end; it is consumed.
    [[nodiscard]] const std::string& partial() const noexcept { return partial_; }
    /// How many bytes were asked for; empty when that was not a number.
    [[nodiscard]] std::optional<std::size_t> expected() const noexcept { return expected_; }

private:
    std::string partial_;
    std::optional<std::size_t> expected_;
};

/// A separator did not come within the limit of the stream.
class LimitOverrunError : public Error {
public:
    /// \p consumed bytes were looked at.
    LimitOverrunError(const std::string& message, std::size_t consumed) : Error(message), consumed_(consumed) {}

    /// How many bytes stand before the separator, or were searched in vain.
    /// They are still in the stream.
    [[nodiscard]] std::size_t consumed() const noexcept { return consumed_; }

private:
    std::size_t consumed_;
};

/// A connection broke. The code says how; other errors of the system are plain
/// std::system_error.
class ConnectionError : public std::system_error {
public:
    using std::system_error::system_error;
};

/// The peer reset the connection (ECONNRESET), or it is closed already.
class ConnectionResetError : public ConnectionError {
public:
    /// ECONNRESET with \p message.
    explicit ConnectionResetError(const std::string& message = "Connection lost");
    using ConnectionError::ConnectionError;
};

/// Nobody reads what is written any more (EPIPE).
class BrokenPipeError : public ConnectionError {
public:
    using ConnectionError::ConnectionError;
};

/// Nobody listens at the address (ECONNREFUSED).
class ConnectionRefusedError : public ConnectionError {
public:
    using ConnectionError::ConnectionError;
};

/// The connection was given up (ECONNABORTED).
class ConnectionAbortedError : public ConnectionError {
public:
    using ConnectionError::ConnectionError;
};

namespace detail {

/// The exception for the errno value \p error: a ConnectionError where there is
/// one, else std::system_error.
[[nodiscard]] std::exception_ptr system_failure(int error, const std::string& what);

/// Throws it.
[[noreturn]] void throw_system_failure(int error, const std::string& what);

}  // namespace detail
}  // namespace aio
