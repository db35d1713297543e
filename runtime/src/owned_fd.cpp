// owned_fd.cpp - a file descriptor that is closed with its owner
#include "aio/detail/owned_fd.h"

#include <unistd.h>

namespace aio::detail {

void OwnedFd::reset(int fd) noexcept {
    const int old = std::exchange(fd_, fd);
    // Not again after EINTR: Linux has closed it then, and it may be reused.
    if (old >= 0) ::close(old);
}

}  // namespace aio::detail
