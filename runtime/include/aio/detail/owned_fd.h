// owned_fd.h - a file descriptor that is closed with its owner
#pragma once

#include <utility>

namespace aio::detail {

class OwnedFd {
public:
    OwnedFd() noexcept = default;
    explicit OwnedFd(int fd) noexcept : fd_(fd) {}
    OwnedFd(OwnedFd&& other) noexcept : fd_(other.release()) {}
    OwnedFd& operator=(OwnedFd&& other) noexcept {
        if (this != &other) reset(other.release());
        return *this;
    }
    ~OwnedFd() { reset(); }

    /// The descriptor; negative when there is none.
    [[nodiscard]] int get() const noexcept { return fd_; }
    explicit operator bool() const noexcept { return fd_ >= 0; }
    /// Gives up the ownership.
    [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }
    /// Closes the descriptor and takes over \p fd.
    void reset(int fd = -1) noexcept;

private:
    int fd_ = -1;
};

}  // namespace aio::detail
