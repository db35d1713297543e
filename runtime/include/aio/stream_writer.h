// stream_writer.h - writes bytes to a stream
#pragma once

#include "aio/address.h"
#include "aio/detail/stream_transport.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace aio {

/// What get_extra_info() found: nothing, an address or a descriptor.
using ExtraInfo = std::variant<std::monostate, Address, int>;

/// Writes to a connection or a pipe.
///
/// A handle: copies refer to the same stream. Belongs to one loop and its thread.
/// write() never waits: it sends what the system takes and keeps the rest, so
/// await drain() after it, or a slow peer fills the memory.
///
/// When the last handle goes the stream is closed, as by close(); in debug mode
/// with a warning, because close() was probably forgotten.
class StreamWriter {
public:
    StreamWriter(const StreamWriter& other) noexcept : StreamWriter(other.transport_) {}
    StreamWriter(StreamWriter&& other) noexcept : transport_(std::move(other.transport_)) {}
    StreamWriter& operator=(StreamWriter other) noexcept {
        std::swap(transport_, other.transport_);
        return *this;
    }
    ~StreamWriter() {
        if (transport_) transport_->remove_writer();
    }

    /// Sends \p bytes, or keeps them until the peer takes them.
    ///
    /// Throws RuntimeError after write_eof(). On a connection that broke it does
    /// nothing: drain() tells.
    void write(std::string_view bytes) const { transport_->write(bytes); }

    /// write() for all strings of \p lines at once; adds no newlines.
    template <class Lines>
    void writelines(const Lines& lines) const {
        std::string all;
        for (const auto& line : lines) all += line;
        write(all);
    }

    /// Waits until the peer has taken most of what was written.
    ///
    /// Suspends:  while more than 64 KiB were not taken, until 16 KiB are left;
    ///            for one iteration when the stream is closing.
    /// Resumes:   from the loop, in the iteration in which the peer takes them.
    /// Cancelled: throws CancelledError; what was written still goes out.
    /// Lifetime:  the wait keeps the stream's state; keep a StreamWriter too, or
    ///            the stream begins to close.
    /// Throws ConnectionResetError, BrokenPipeError or another std::system_error
    /// when the connection has broken.
    [[nodiscard]] Coro<void> drain() const { return detail::StreamTransport::drain(transport_); }

    /// Tells the peer that nothing more comes; reading goes on. Closes a pipe.
    void write_eof() const { transport_->write_eof(); }
    /// True when write_eof() may be called.
    [[nodiscard]] bool can_write_eof() const noexcept { return transport_->can_write_eof(); }

    /// Closes the stream in both directions once what was written is out.
    void close() const {
        transport_->check_thread();
        transport_->close();
    }
    /// Closes it at once; what was written may be lost.
    void abort() const {
        transport_->check_thread();
        transport_->abort();
    }
    /// True after close() and once the connection has broken.
    [[nodiscard]] bool is_closing() const noexcept { return transport_->is_closing(); }

    /// Waits until the stream is closed.
    ///
    /// Suspends:  until the descriptor is closed.
    /// Resumes:   from the loop, in the iteration after that.
    /// Cancelled: throws CancelledError; the stream goes on closing.
    /// Lifetime:  the wait keeps the stream's state.
    /// Throws the error that broke the connection, if one did.
    [[nodiscard]] Coro<void> wait_closed() const { return detail::StreamTransport::wait_closed(transport_); }

    /// "peername" and "sockname" are addresses, also after close(); "fd" is the
    /// descriptor while it is open. Empty for other names and where there is none.
    [[nodiscard]] ExtraInfo get_extra_info(std::string_view name) const;

    /// How much \p write() may keep before drain() waits, and until it goes on.
    /// Throws ValueError unless \p low <= \p high.
    void set_write_buffer_limits(std::size_t high, std::size_t low) const {
        transport_->check_thread();
        transport_->set_write_buffer_limits(high, low);
    }
    /// How much was written and not taken.
    [[nodiscard]] std::size_t get_write_buffer_size() const noexcept { return transport_->write_buffer_size(); }

    /// For the other headers of aio.
    explicit StreamWriter(detail::Ref<detail::StreamTransport> transport) noexcept : transport_(std::move(transport)) {
        if (transport_) transport_->add_writer();
    }
    /// For the other headers of aio.
    [[nodiscard]] const detail::Ref<detail::StreamTransport>& transport() const noexcept { return transport_; }

private:
    detail::Ref<detail::StreamTransport> transport_;
};

}  // namespace aio
