// stream_reader.h - reads the bytes that come over a stream
#pragma once

#include "aio/detail/reader_core.h"

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace aio {

/// The longest line of a stream unless another limit is given, in bytes.
inline constexpr std::size_t default_stream_limit = std::size_t{64} * 1024;

/// Reads from a connection, a pipe, or from what feed_data() brings.
///
/// A handle: copies refer to the same stream. Belongs to one loop and its thread.
/// One coroutine may wait at a time; a second one gets RuntimeError.
///
/// When more than twice the limit is waiting to be read, the peer is not read
/// from until that has shrunk to the limit.
///
/// Every awaitable below:
/// Suspends:  only while what it asks for is not there.
/// Resumes:   from the loop, in the iteration in which the bytes come.
/// Cancelled: throws CancelledError; what has come stays in the stream, except
///            that read() to the end loses what it has taken.
/// Lifetime:  the wait keeps the stream alive; the handle may go.
/// All of them rethrow the error that broke the stream, if one did.
class StreamReader {
public:
    /// A stream that nothing feeds but feed_data(). \p limit is the longest line;
    /// zero throws ValueError.
    explicit StreamReader(std::size_t limit = default_stream_limit) : core_(new detail::ReaderCore(limit)) {}

    /// At most \p count bytes, as soon as there is one; empty at the end of the
    /// stream. With a negative \p count everything up to the end.
    [[nodiscard]] Coro<std::string> read(std::ptrdiff_t count = -1) const {
        return detail::ReaderCore::read(core_, count);
    }

    /// A line with its newline. At the end of the stream what is left, perhaps
    /// nothing.
    ///
    /// Throws ValueError for a line longer than the limit, which is dropped.
    [[nodiscard]] Coro<std::string> readline() const { return detail::ReaderCore::readline(core_); }

    /// Exactly \p count bytes, which may be more than the limit; ValueError when
    /// negative.
    ///
    /// Throws IncompleteReadError with what there was when the stream ends first.
    [[nodiscard]] Coro<std::string> readexactly(std::ptrdiff_t count) const {
        return detail::ReaderCore::readexactly(core_, count);
    }

    /// Everything up to \p separator and the separator, which must not be empty.
    ///
    /// Throws IncompleteReadError with what there was when the stream ends first,
    /// and LimitOverrunError, without taking anything, when more than the limit
    /// stands before the separator.
    [[nodiscard]] Coro<std::string> readuntil(std::string separator = "\n") const {
        return detail::ReaderCore::readuntil(core_, std::move(separator));
    }

    /// True when the stream has ended and everything was read.
    [[nodiscard]] bool at_eof() const noexcept { return core_->at_eof(); }

    /// Adds bytes; throws RuntimeError after feed_eof().
    void feed_data(std::string_view bytes) const { core_->feed_data(bytes); }
    /// Ends the stream.
    void feed_eof() const {
        core_->check_thread();
        core_->feed_eof();
    }

    /// Breaks the stream: the coroutine that waits, and later calls, throw \p error.
    void set_exception(std::exception_ptr error) const {
        core_->check_thread();
        core_->set_exception(std::move(error));
    }
    /// What broke the stream, or null.
    [[nodiscard]] std::exception_ptr exception() const noexcept { return core_->exception(); }

    /// For the other headers of aio.
    explicit StreamReader(detail::Ref<detail::ReaderCore> core) noexcept : core_(std::move(core)) {}
    /// For the other headers of aio.
    [[nodiscard]] const detail::Ref<detail::ReaderCore>& core() const noexcept { return core_; }

private:
    detail::Ref<detail::ReaderCore> core_;
};

}  // namespace aio
