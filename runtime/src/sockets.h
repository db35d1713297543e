// sockets.h - makes, binds and connects sockets for streams
#pragma once

#include "aio/addr_info.h"
#include "aio/coro.h"
#include "aio/detail/owned_fd.h"

#include <vector>

namespace aio::detail {

/// A non-blocking stream socket; throws std::system_error, as all of these.
[[nodiscard]] OwnedFd make_socket(int family, int type, int proto);

/// Turns Nagle's algorithm off where there is one.
void send_small_packets_at_once(int fd, int family) noexcept;

/// Sets an integer option to one; throws std::system_error.
void switch_on(int fd, int level, int option, const char* name);

/// A socket connected to \p info.
///
/// Suspends:  until the peer answers.
/// Resumes:   from the loop, in the iteration in which it does.
/// Cancelled: closes the socket and throws CancelledError.
/// Lifetime:  owns its argument.
[[nodiscard]] Coro<OwnedFd> connect_to(AddrInfo info);

/// A socket connected to the first of \p infos that answers; awaited the same way.
[[nodiscard]] Coro<OwnedFd> connect_to_any(std::vector<AddrInfo> infos);

}  // namespace aio::detail
