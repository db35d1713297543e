// byte_io.h - system calls that move bytes without blocking or killing
#pragma once

#include <cstddef>
#include <string_view>

namespace aio::detail {

/// Bytes moved, or a negative errno value; -EAGAIN also after a signal.
using Moved = std::ptrdiff_t;

[[nodiscard]] Moved receive_bytes(int fd, bool socket, char* to, std::size_t room) noexcept;

/// As write(), but a peer that is gone is EPIPE and never SIGPIPE.
[[nodiscard]] Moved send_bytes(int fd, bool socket, std::string_view bytes) noexcept;

/// Makes \p fd non-blocking; false when it is no descriptor.
[[nodiscard]] bool set_nonblocking(int fd) noexcept;

}  // namespace aio::detail
