// stream_transport.h - moves bytes between a descriptor and its stream
#pragma once

#include "aio/address.h"
#include "aio/detail/byte_buffer.h"
#include "aio/detail/fd_watch.h"
#include "aio/detail/loop_core.h"
#include "aio/detail/owned_fd.h"
#include "aio/detail/reader_core.h"
#include "aio/detail/ready_queue.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>

namespace aio::detail {

/// Which ways bytes go.
enum class StreamEnd : std::uint8_t { both, read, write };

/// A socket, pipe or terminal: what comes goes into a ReaderCore, what is written
/// goes out at once, or is kept until the descriptor takes it.
///
/// start() is all that is needed, whatever the descriptor is:
///
///     auto in = StreamTransport::start(loop, OwnedFd(fd), StreamEnd::read, limit);
///     StreamReader reader(in->reader());
///     auto out = StreamTransport::start(loop, OwnedFd(fd), StreamEnd::write, limit);
///     StreamWriter writer(out);
///
/// An open transport keeps itself alive; it is closed by close(), abort(), an
/// error, the end of a descriptor that is only read, or the loop's end, and by the
/// last StreamWriter that goes. Sockets use recv() and send(), so no SIGPIPE;
/// others read() and write() with SIGPIPE held back.
///
/// The descriptor is watched level-triggered and registered once: only a stream
/// that pauses, or that writes faster than the peer reads, changes that. So a
/// short or refused read loses nothing, whatever caused it.
class StreamTransport final : public FdWatch, public Runnable, private ByteSource {
public:
    /// Takes over \p fd and makes it non-blocking.
    ///
    /// Throws std::system_error when it cannot be watched, as a regular file.
    static Ref<StreamTransport> start(LoopCore& loop, OwnedFd fd, StreamEnd end, std::size_t limit);

    void retain() noexcept { ++refs_; }
    void release() noexcept {
        if (--refs_ == 0) delete this;
    }

    /// What the descriptor brings; null when it is only written to.
    [[nodiscard]] const Ref<ReaderCore>& reader() const noexcept { return reader_; }
    [[nodiscard]] LoopCore& loop() const noexcept { return *loop_; }
    /// Throws RuntimeError in debug mode on another thread than the running loop's.
    void check_thread() const { loop_->check_thread(); }
    /// The descriptor; negative once it is closed.
    [[nodiscard]] int fd() const noexcept { return fd_.get(); }
    [[nodiscard]] const Address& local_address() const noexcept { return local_; }
    [[nodiscard]] const Address& peer_address() const noexcept { return peer_; }

    void write(std::string_view bytes);
    void write_eof();
    [[nodiscard]] bool can_write_eof() const noexcept { return end_ != StreamEnd::read; }
    [[nodiscard]] std::size_t write_buffer_size() const noexcept { return outgoing_.size(); }
    void set_write_buffer_limits(std::size_t high, std::size_t low);

    /// Closes when what was written is out.
    void close() noexcept;
    /// Closes at once; what was written may be lost.
    void abort() noexcept { fail(nullptr); }
    [[nodiscard]] bool is_closing() const noexcept { return closing_; }
    /// True once the descriptor is closed or about to be.
    [[nodiscard]] bool is_lost() const noexcept { return lost_; }

    /// Runs \p callback once the descriptor is closed. One at most.
    void on_closed(Callback callback) { closed_callback_ = std::move(callback); }

    static Coro<void> drain(Ref<StreamTransport> transport);
    static Coro<void> wait_closed(Ref<StreamTransport> transport);

    /// A StreamWriter was made or copied; the last one that goes closes.
    void add_writer() noexcept { ++writers_; }
    void remove_writer() noexcept;

private:
    StreamTransport(LoopCore& loop, OwnedFd fd, StreamEnd end);
    ~StreamTransport() = default;

    void on_ready(std::uint32_t events) noexcept override;
    void on_poller_closed() noexcept override;
    void on_lost(int fd) noexcept override;
    void run(LoopCore& loop) override;
    void discard() noexcept override;
    void pause_reading() noexcept override;
    void resume_reading() noexcept override;

    [[nodiscard]] bool reading() const noexcept {
        return end_ != StreamEnd::write && !closing_ && !read_paused_ && !read_ended_;
    }
    void read_some() noexcept;
    void write_some() noexcept;
    [[nodiscard]] std::ptrdiff_t send(std::string_view bytes) noexcept;
    void update_interest() noexcept;
    void update_write_pause() noexcept;
    /// Forgets what is unwritten and closes; \p error is null for a plain close.
    void fail(std::exception_ptr error) noexcept;
    void lose_soon(std::exception_ptr error) noexcept;
    void lose() noexcept;

    std::uint32_t refs_ = 0;
    std::uint32_t writers_ = 0;
    StreamEnd end_;
    bool socket_ = false;
    bool closing_ = false;
    bool lose_scheduled_ = false;
    bool lost_ = false;
    bool read_paused_ = false;
    bool read_ended_ = false;
    bool write_ended_ = false;
    bool write_paused_ = false;
    std::size_t high_water_ = std::size_t{64} * 1024;
    std::size_t low_water_ = std::size_t{16} * 1024;
    std::size_t read_size_ = std::size_t{4} * 1024;
    std::uint32_t interest_ = 0;
    OwnedFd fd_;
    Ref<LoopCore> loop_;
    Ref<ReaderCore> reader_;
    Ref<StreamTransport> self_;
    ByteBuffer outgoing_;
    std::exception_ptr error_;
    WaiterList drain_waiters_;
    WaiterList close_waiters_;
    Callback closed_callback_;
    Address local_;
    Address peer_;
};

}  // namespace aio::detail
