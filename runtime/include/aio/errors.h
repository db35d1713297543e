// errors.h - the exception types of aio
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace aio {

/// Root of the exceptions that ordinary handlers must not swallow.
///
/// Deliberately not a std::exception: `catch (const std::exception&)` lets
/// cancellation and exit requests pass, as `except Exception` does in Python.
class BaseError {
public:
    /// An error that what() describes with \p message.
    explicit BaseError(std::string message = {}) : message_(std::move(message)) {}
    virtual ~BaseError();
    BaseError(const BaseError&) = default;
    BaseError& operator=(const BaseError&) = default;

    /// The message given at construction.
    [[nodiscard]] virtual const char* what() const noexcept { return message_.c_str(); }

private:
    std::string message_;
};

/// Thrown at an await point when its task, or what it awaits, was cancelled.
class CancelledError : public BaseError {
public:
    using BaseError::BaseError;
};

/// Leaves the running loop at once, out of run() and run_forever().
class SystemExit : public BaseError {
public:
    /// Asks for the exit status \p code.
    explicit SystemExit(int code = 0) : BaseError(std::to_string(code)), code_(code) {}
    /// The exit status that was asked for.
    [[nodiscard]] int code() const noexcept { return code_; }

private:
    int code_;
};

/// Leaves the running loop at once, as SystemExit does.
class KeyboardInterrupt : public BaseError {
public:
    using BaseError::BaseError;
};

/// Thrown at the co_yield of a generator that is being closed.
class GeneratorExit : public BaseError {
public:
    using BaseError::BaseError;
};

/// Root of the ordinary errors of aio.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
    Error() : std::runtime_error("") {}
};

/// A future was read too early or completed twice.
class InvalidStateError : public Error {
public:
    using Error::Error;
};

/// A time limit passed.
class TimeoutError : public Error {
public:
    using Error::Error;
};

/// A call that the current state forbids: closed, nested or foreign loop.
class RuntimeError : public Error {
public:
    using Error::Error;
};

/// An argument has the right type but a useless value.
class ValueError : public Error {
public:
    using Error::Error;
};

/// An argument has the wrong type, found only at run time.
class TypeError : public Error {
public:
    using Error::Error;
};

/// A context variable was read that has neither a value nor a default.
class LookupError : public Error {
public:
    using Error::Error;
};

/// get_nowait() on a queue without items.
class QueueEmpty : public Error {
public:
    using Error::Error;
};

/// put_nowait() on a queue without room.
class QueueFull : public Error {
public:
    using Error::Error;
};

/// A barrier was aborted, or reset while tasks waited.
class BrokenBarrierError : public Error {
public:
    using Error::Error;
};

/// An executor takes no more jobs because it was shut down.
class ExecutorShutdown : public Error {
public:
    using Error::Error;
};

/// A process of a ProcessPoolExecutor died; the pool is of no use any more.
class BrokenProcessPool : public Error {
public:
    using Error::Error;
};

}  // namespace aio
