// stream_transport.cpp - moves bytes between a descriptor and its stream
#include "aio/detail/stream_transport.h"

#include "aio/detail/list_wait.h"
#include "aio/sleep.h"
#include "aio/stream_errors.h"
#include "aio/warning.h"
#include "byte_io.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <algorithm>
#include <cerrno>
#include <utility>

namespace aio::detail {

namespace {

constexpr std::size_t largest_read = std::size_t{256} * 1024;

bool is_socket(int fd) noexcept {
    struct stat about{};
    return ::fstat(fd, &about) == 0 && S_ISSOCK(about.st_mode);
}

}  // namespace

StreamTransport::StreamTransport(LoopCore& loop, OwnedFd fd, StreamEnd end)
    : end_(end), socket_(is_socket(fd.get())), fd_(std::move(fd)), loop_(&loop) {
    if (!socket_) return;
    local_ = Address::of_socket(fd_.get());
    peer_ = Address::of_peer(fd_.get());
}

Ref<StreamTransport> StreamTransport::start(LoopCore& loop, OwnedFd fd, StreamEnd end, std::size_t limit) {
    loop.check_usable();
    if (!set_nonblocking(fd.get())) throw_system_failure(errno, "stream of descriptor " + std::to_string(fd.get()));
    Ref<StreamTransport> transport(new StreamTransport(loop, std::move(fd), end));
    if (end != StreamEnd::write) transport->reader_ = Ref<ReaderCore>(new ReaderCore(limit));
    // One that is only written to learns that its reader has gone.
    transport->interest_ = end == StreamEnd::write ? FdEvents::peer_closed : FdEvents::readable;
    loop.poller()->add(*transport, transport->fd(), transport->interest_);
    if (transport->reader_) transport->reader_->set_source(*transport, loop);
    transport->self_ = transport;
    return transport;
}

void StreamTransport::on_ready(std::uint32_t events) noexcept {
    const Ref<StreamTransport> keep(this);
    constexpr std::uint32_t broken = FdEvents::error | FdEvents::hang_up;
    if (reading() && (events & (FdEvents::readable | broken))) read_some();
    if (!outgoing_.empty() && (events & (FdEvents::writable | broken))) write_some();
    if (end_ == StreamEnd::write && !lose_scheduled_ && (events & (FdEvents::peer_closed | broken)))
        fail(outgoing_.empty() ? nullptr : system_failure(EPIPE, "stream"));
}

void StreamTransport::read_some() noexcept {
    const Moved got = receive_bytes(fd(), socket_, reader_->prepare(read_size_), read_size_);
    if (got > 0) {
        const auto count = static_cast<std::size_t>(got);
        if (count == read_size_) read_size_ = std::min(2 * read_size_, largest_read);
        reader_->received(count);
    } else if (got == 0) {
        read_ended_ = true;
        reader_->feed_eof();
        if (end_ == StreamEnd::read)
            fail(nullptr);
        else
            update_interest();
    } else if (got != -EAGAIN) {
        fail(system_failure(static_cast<int>(-got), "reading from a stream"));
    }
}

std::ptrdiff_t StreamTransport::send(std::string_view bytes) noexcept {
    const Moved sent = send_bytes(fd(), socket_, bytes);
    if (sent >= 0) return sent;
    if (sent == -EAGAIN) return 0;
    fail(system_failure(static_cast<int>(-sent), "writing to a stream"));
    return -1;
}

void StreamTransport::write_some() noexcept {
    const std::ptrdiff_t sent = send(outgoing_.view());
    if (sent < 0) return;
    outgoing_.consume(static_cast<std::size_t>(sent));
    update_write_pause();
    if (!outgoing_.empty()) return;
    update_interest();
    if (closing_)
        lose();
    else if (write_ended_)
        ::shutdown(fd(), SHUT_WR);
}

void StreamTransport::write(std::string_view bytes) {
    loop_->check_thread();
    if (end_ == StreamEnd::read) throw RuntimeError("Cannot write to a stream that is only read");
    if (write_ended_) throw RuntimeError("Cannot call write() after write_eof()");
    // As asyncio: drain() tells, not every write.
    if (bytes.empty() || lose_scheduled_ || lost_ || (closing_ && !socket_)) return;
    if (outgoing_.empty()) {
        const std::ptrdiff_t sent = send(bytes);
        if (sent < 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
        if (bytes.empty()) return;
    }
    outgoing_.append(bytes);
    update_interest();
    update_write_pause();
}

void StreamTransport::write_eof() {
    loop_->check_thread();
    if (closing_ || write_ended_ || end_ == StreamEnd::read) return;
    // The end of a pipe is its closing.
    if (end_ == StreamEnd::write) return close();
    write_ended_ = true;
    if (outgoing_.empty()) ::shutdown(fd(), SHUT_WR);
}

void StreamTransport::set_write_buffer_limits(std::size_t high, std::size_t low) {
    if (low > high) throw ValueError("high must be >= low must be >= 0");
    high_water_ = high;
    low_water_ = low;
    update_write_pause();
}

void StreamTransport::update_write_pause() noexcept {
    if (outgoing_.size() > high_water_) {
        write_paused_ = true;
    } else if (write_paused_ && outgoing_.size() <= low_water_) {
        write_paused_ = false;
        drain_waiters_.wake_all();
    }
}

void StreamTransport::pause_reading() noexcept {
    read_paused_ = true;
    update_interest();
}

void StreamTransport::resume_reading() noexcept {
    read_paused_ = false;
    update_interest();
}

void StreamTransport::update_interest() noexcept {
    std::uint32_t events = reading() ? FdEvents::readable : 0;
    if (!outgoing_.empty()) events |= FdEvents::writable;
    if (end_ == StreamEnd::write && !closing_) events |= FdEvents::peer_closed;
    if (events == interest_ || !watching()) return;
    interest_ = events;
    // Nothing would be heard of the descriptor any more.
    if (const int error = loop_->poller()->modify(*this, events)) fail(system_failure(error, "watching a stream"));
}

void StreamTransport::close() noexcept {
    if (std::exchange(closing_, true)) return;
    if (outgoing_.empty()) lose_soon(nullptr);
    update_interest();
}

void StreamTransport::fail(std::exception_ptr error) noexcept {
    if (lose_scheduled_ || lost_) return;
    outgoing_.clear();
    closing_ = true;
    lose_soon(std::move(error));
    update_interest();
}

void StreamTransport::lose_soon(std::exception_ptr error) noexcept {
    lose_scheduled_ = true;
    error_ = std::move(error);
    loop_->schedule(*this);
}

void StreamTransport::run(LoopCore& loop) {
    const Watch watch(loop.if_watched(), typeid(StreamTransport), nullptr);
    lose();
}

void StreamTransport::discard() noexcept { lose(); }

void StreamTransport::on_poller_closed() noexcept {
    if (loop_->debug() && !closing_) warn("a stream was not closed before its loop");
    lose();
}

void StreamTransport::on_lost(int) noexcept {
    const Ref<StreamTransport> keep(this);
    static_cast<void>(fd_.release());
    fail(system_failure(EBADF, "a stream's descriptor was closed by others"));
}

/// Closes the descriptor and tells everybody. The last use of self_.
void StreamTransport::lose() noexcept {
    if (std::exchange(lost_, true)) return;
    const Ref<StreamTransport> keep = std::move(self_);
    closing_ = true;
    if (reader_) {
        if (error_)
            reader_->set_exception(error_);
        else
            reader_->feed_eof();
        reader_->forget_source();
    }
    close_waiters_.wake_all();
    drain_waiters_.wake_all();
    if (watching()) loop_->poller()->remove(*this);
    fd_.reset();
    if (Callback callback = std::move(closed_callback_)) callback();
}

void StreamTransport::remove_writer() noexcept {
    if (--writers_ > 0 || closing_) return;
    if (loop_->debug()) warn("a StreamWriter was dropped before it was closed");
    close();
}

Coro<void> StreamTransport::drain(Ref<StreamTransport> transport) {
    transport->check_thread();
    if (transport->reader_ && transport->reader_->exception()) std::rethrow_exception(transport->reader_->exception());
    // Lets the connection's end be noticed: a loop of writes would run for ever.
    if (transport->closing_) co_await yield();
    if (transport->lost_) throw ConnectionResetError("Connection lost");
    if (!transport->write_paused_) co_return;
    co_await ListWait(transport->drain_waiters_, "StreamWriter.drain");
    if (transport->lost_ && transport->error_) std::rethrow_exception(transport->error_);
}

Coro<void> StreamTransport::wait_closed(Ref<StreamTransport> transport) {
    transport->check_thread();
    if (!transport->lost_) co_await ListWait(transport->close_waiters_, "StreamWriter.wait_closed");
    if (transport->error_) std::rethrow_exception(transport->error_);
}

}  // namespace aio::detail
