// poller.cpp - waits for file descriptors, for a loop
#include "aio/detail/poller.h"

#include <sys/epoll.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

namespace aio::detail {

namespace {

constexpr std::size_t first_batch = 64;
constexpr std::size_t largest_batch = 4096;

/// The wake descriptor's mark in events; generations of watches are not zero.
constexpr std::uint64_t wake = 0;

static_assert(FdEvents::readable == EPOLLIN && FdEvents::urgent == EPOLLPRI && FdEvents::writable == EPOLLOUT);
static_assert(FdEvents::error == EPOLLERR && FdEvents::hang_up == EPOLLHUP);
static_assert(FdEvents::peer_closed == EPOLLRDHUP && FdEvents::edge == static_cast<std::uint32_t>(EPOLLET));

/// Rounds up: a loop that wakes too early would spin.
int to_milliseconds(double seconds) noexcept {
    constexpr double day = 24 * 3600;
    if (seconds < 0) return -1;
    return static_cast<int>(std::ceil(std::min(seconds, day) * 1000));
}

[[noreturn]] void throw_error(int error, const std::string& what) {
    throw std::system_error(error, std::generic_category(), what);
}

}  // namespace

Poller::Poller(Inbox& inbox) : epoll_fd_(::epoll_create1(EPOLL_CLOEXEC)), inbox_(inbox) {
    if (epoll_fd_ < 0) throw_error(errno, "epoll_create1");
    if (const int error = add_wake_fd()) {
        ::close(epoll_fd_);
        throw_error(error, "epoll_ctl");
    }
    allocate(first_batch);
}

void Poller::allocate(std::size_t batch) {
    events_ = std::make_unique<epoll_event[]>(batch);
    batch_ = batch;
}

Poller::~Poller() {
    for (Slot& slot : slots_) {
        FdWatch* watch = std::exchange(slot.watch, nullptr);
        if (!watch) continue;
        watch->watched_fd_ = -1;
        watch->on_poller_closed();
    }
    ::close(epoll_fd_);
}

int Poller::add_wake_fd() noexcept {
    epoll_event event{};
    // Each write is an event of its own: nobody has to read the descriptor.
    event.events = EPOLLIN | EPOLLET;
    event.data.u64 = wake;
    return ::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, inbox_.wake_fd(), &event) < 0 ? errno : 0;
}

int Poller::control(int operation, int fd) noexcept {
    if (fork_mark_.forked()) return 0;
    const Slot& slot = slots_[static_cast<std::size_t>(fd)];
    epoll_event event{};
    event.events = slot.events;
    event.data.u64 = std::uint64_t{slot.generation} << 32 | static_cast<std::uint32_t>(fd);
    if (::epoll_ctl(epoll_fd_, operation, fd, &event) == 0) return 0;
    // A registration that could not be removed, because its descriptor was closed,
    // is back when a duplicate of that descriptor gets the number again.
    if (operation == EPOLL_CTL_ADD && errno == EEXIST) return control(EPOLL_CTL_MOD, fd);
    return errno;
}

FdWatch* Poller::find(int fd) const noexcept {
    const auto index = static_cast<std::size_t>(fd);
    return fd >= 0 && index < slots_.size() ? slots_[index].watch : nullptr;
}

bool Poller::is_free(int fd) noexcept {
    FdWatch* const watch = find(fd);
    if (!watch) return true;
    // The kernel knows a parked one no more than a lost one.
    if (slots_[static_cast<std::size_t>(fd)].events == 0) return false;
    const int error = control(EPOLL_CTL_MOD, fd);
    if (error != ENOENT && error != EBADF) return false;
    remove(*watch);
    watch->on_lost(fd);
    return !find(fd);
}

void Poller::add(FdWatch& watch, int fd, std::uint32_t events) {
    if (fd < 0) throw_error(EBADF, "watching descriptor " + std::to_string(fd));
    if (!is_free(fd)) throw_error(EEXIST, "watching descriptor " + std::to_string(fd));
    const auto index = static_cast<std::size_t>(fd);
    if (index >= slots_.size()) slots_.resize(std::max(index + 1, slots_.size() * 2));
    Slot& slot = slots_[index];
    // Never zero: see `wake`.
    if (++slot.generation == 0) ++slot.generation;
    slot.events = events;
    const int error = control(EPOLL_CTL_ADD, fd);
    if (error == EPERM)
        throw_error(EPERM, "descriptor " + std::to_string(fd) + " cannot be waited for, it is a file or a directory");
    if (error) throw_error(error, "watching descriptor " + std::to_string(fd));
    slot.watch = &watch;
    watch.watched_fd_ = fd;
    ++watches_;
}

int Poller::change(int fd, std::uint32_t events) noexcept {
    const std::uint32_t before = std::exchange(slots_[static_cast<std::size_t>(fd)].events, events);
    if (before == events && events == 0) return 0;
    watches_ += static_cast<std::size_t>(events != 0) - static_cast<std::size_t>(before != 0);
    if (events == 0) return control(EPOLL_CTL_DEL, fd);
    return control(before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd);
}

int Poller::modify(FdWatch& watch, std::uint32_t events) noexcept {
    const int error = change(watch.watched_fd_, events);
    if (error != 0) remove(watch);
    return error;
}

void Poller::remove(FdWatch& watch) noexcept {
    if (!watch.watching()) return;
    const int fd = std::exchange(watch.watched_fd_, -1);
    // Fails when the descriptor was closed before. Usually its registration has
    // gone with it, but not if a duplicate of the descriptor is still open.
    if (change(fd, 0) != 0) orphans_ = true;
    slots_[static_cast<std::size_t>(fd)].watch = nullptr;
}

bool Poller::wait(double seconds) {
    const int room = static_cast<int>(batch_);
    const int count = ::epoll_wait(epoll_fd_, events_.get(), room, to_milliseconds(seconds));
    if (count < 0) {
        if (errno == EINTR) return false;
        throw_error(errno, "epoll_wait");
    }
    bool stale = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event event = events_[static_cast<std::size_t>(i)];
        if (event.data.u64 != wake && !dispatch(event)) stale = true;
    }
    if (stale && orphans_) rebuild();
    if (count == room && batch_ < largest_batch) allocate(batch_ * 2);
    return count > 0;
}

bool Poller::dispatch(const epoll_event& event) noexcept {
    const auto fd = static_cast<std::size_t>(event.data.u64 & 0xffffffffU);
    const Slot slot = slots_[fd];
    if (!slot.watch || slot.generation != static_cast<std::uint32_t>(event.data.u64 >> 32)) return false;
    slot.watch->on_ready(event.events);
    return true;
}

/// Leaves behind the registrations that belong to no open descriptor of ours:
/// they would be reported for ever.
void Poller::rebuild() noexcept {
    const int fresh = ::epoll_create1(EPOLL_CLOEXEC);
    // Without a descriptor for it the old set has to do, and is only wasteful.
    if (fresh < 0) return;
    ::close(std::exchange(epoll_fd_, fresh));
    orphans_ = false;
    static_cast<void>(add_wake_fd());
    for (std::size_t fd = 0; fd < slots_.size(); ++fd) {
        if (slots_[fd].watch && slots_[fd].events != 0) static_cast<void>(control(EPOLL_CTL_ADD, static_cast<int>(fd)));
    }
}

}  // namespace aio::detail
