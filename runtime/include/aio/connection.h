// connection.h - connects to a server
#pragma once

#include "aio/stream_errors.h"
#include "aio/stream_reader.h"
#include "aio/stream_writer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace aio {

/// How a connection is made.
struct StreamOpts {
    /// The longest line that StreamReader::readline() takes, in bytes.
    std::size_t limit = default_stream_limit;
    /// AF_INET or AF_INET6; zero for both.
    int family = 0;
};

/// Both directions of a connection: `auto [reader, writer] = co_await ...`.
using Connection = std::pair<StreamReader, StreamWriter>;

/// Connects to \p port of \p host, a name or a number; empty is this machine.
///
/// All addresses of the host are tried in order. Throws ConnectionRefusedError
/// or another std::system_error when none takes the connection: the only error,
/// or one that lists all messages and has the code of the first. A name that is
/// not found is a std::system_error of resolver_category().
///
/// Suspends:  while the name is looked up and the connection is made.
/// Resumes:   from the loop, in the iteration in which it is made.
/// Cancelled: closes the socket and throws CancelledError.
/// Lifetime:  owns its arguments.
[[nodiscard]] Coro<Connection> open_connection(std::string host, std::uint16_t port, StreamOpts options = {});

/// Connects to the Unix socket \p path; one that begins with a zero byte is a
/// name in the abstract namespace. Awaited and failing as open_connection().
[[nodiscard]] Coro<Connection> open_unix_connection(std::string path, StreamOpts options = {});

}  // namespace aio
