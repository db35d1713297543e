// server.h - listens for connections
#pragma once

#include "aio/connection.h"
#include "aio/detail/server_core.h"
#include "aio/task.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace aio {

/// How a server is set up.
struct ServerOpts {
    /// The longest line that StreamReader::readline() takes, in bytes.
    std::size_t limit = default_stream_limit;
    /// How many connections the system keeps for the server.
    int backlog = 100;
    /// AF_INET or AF_INET6; zero for both.
    int family = 0;
    /// Take a port that a server has just left.
    bool reuse_address = true;
    /// Share the port with other servers that ask for this.
    bool reuse_port = false;
    /// False: bind, but listen only from start_serving() on.
    bool start_serving = true;
};

/// A socket that a server listens to.
class ServerSocket {
public:
    /// Of the descriptor \p fd, which is not owned.
    explicit ServerSocket(int fd) noexcept : fd_(fd) {}
    /// The descriptor; the server closes it.
    [[nodiscard]] int fileno() const noexcept { return fd_; }
    /// The address that it is bound to.
    [[nodiscard]] Address getsockname() const noexcept { return Address::of_socket(fd_); }

private:
    int fd_;
};

/// Listens for connections and runs a coroutine for each.
///
/// A handle: copies refer to the same server, which goes on when the last handle
/// is gone. Belongs to one loop and its thread. Closing a server closes none of
/// its connections.
///
/// A server that runs out of descriptors reports it to the exception handler
/// and takes no connections for a second.
class Server {
public:
    /// The sockets; none once the server is closed.
    [[nodiscard]] std::vector<ServerSocket> sockets() const;
    /// The port of the first socket; zero for Unix sockets and once closed.
    [[nodiscard]] std::uint16_t port() const;

    /// Listens from now on. Idempotent. When one of its sockets cannot listen the
    /// server is closed and std::system_error is thrown.
    ///
    /// Suspends:  for one iteration.
    /// Resumes:   from the loop.
    /// Cancelled: throws CancelledError; the server listens.
    /// Lifetime:  keeps the server.
    [[nodiscard]] Coro<void> start_serving() const;

    /// True while the server listens.
    [[nodiscard]] bool is_serving() const noexcept { return core_->is_serving(); }

    /// Listens until it is cancelled or the server is closed, both of which end in
    /// CancelledError; then closes the server. Throws RuntimeError when it is
    /// awaited already or the server is closed.
    ///
    /// Suspends:  until then.
    /// Resumes:   from the loop, in the iteration after.
    /// Cancelled: closes the server and throws CancelledError.
    /// Lifetime:  keeps the server.
    [[nodiscard]] Coro<void> serve_forever() const { return detail::ServerCore::serve_forever(core_); }

    /// Stops listening. Connections go on. Idempotent.
    void close() const { core_->close(); }

    /// Waits until the server is closed and its connections are.
    ///
    /// Suspends:  until then; not at all when close() came first, as in CPython
    ///            3.11.
    /// Resumes:   from the loop, in the iteration after the last one has closed.
    /// Cancelled: throws CancelledError.
    /// Lifetime:  keeps the server.
    [[nodiscard]] Coro<void> wait_closed() const { return detail::ServerCore::wait_closed(core_); }

    /// The loop that the server belongs to; throws RuntimeError once it is gone.
    [[nodiscard]] Loop& get_loop() const {
        Loop* const loop = core_->loop().owner();
        if (!loop) throw RuntimeError("The loop of this server is gone");
        return *loop;
    }

    /// For the other headers of aio.
    explicit Server(detail::Ref<detail::ServerCore> core) noexcept : core_(std::move(core)) {}

private:
    detail::Ref<detail::ServerCore> core_;
};

namespace detail {

template <class F>
using HandlerResult = std::invoke_result_t<F&, StreamReader, StreamWriter>;

/// Awaits or calls \p f, whatever it is; \p f lives in the server.
template <class F>
Coro<void> call_handler(F& f, StreamReader reader, StreamWriter writer) {
    if constexpr (MustBeAwaited<HandlerResult<F>>)
        static_cast<void>(co_await f(std::move(reader), std::move(writer)));
    else
        f(std::move(reader), std::move(writer));
    co_return;
}

template <class F>
ClientHandler client_handler(F f) {
    if constexpr (std::same_as<HandlerResult<F>, Coro<void>>) {
        return ClientHandler(std::move(f));
    } else {
        return [f = std::move(f)](StreamReader reader, StreamWriter writer) mutable {
            return call_handler(f, std::move(reader), std::move(writer));
        };
    }
}

Coro<Server> serve_hosts(ClientHandler handler, std::vector<std::string> hosts, std::uint16_t port, ServerOpts options,
                         std::source_location where);
Coro<Server> serve_path(ClientHandler handler, std::string path, ServerOpts options, std::source_location where);

}  // namespace detail

/// Listens at \p port of \p host, a name or a number; an empty host is all
/// interfaces, port 0 one that is free: see Server::port().
///
/// \p handler is a coroutine function that gets a StreamReader and a StreamWriter
/// by value; every connection runs it as a task. What it throws is reported to
/// the exception handler, and its connection is closed. A handler that returns
/// without close() closes by dropping the writer. It may also be a plain
/// function, or return a task or another awaitable, which is awaited.
///
/// Throws std::system_error when an address cannot be bound, and one of
/// resolver_category() for a name that is not found.
///
/// Suspends:  while the name is looked up, and for one iteration.
/// Resumes:   from the loop.
/// Cancelled: closes the sockets and throws CancelledError.
/// Lifetime:  owns its arguments; the server keeps \p handler.
template <class F>
    requires std::invocable<F&, StreamReader, StreamWriter>
[[nodiscard]] Coro<Server> start_server(F handler, std::string host, std::uint16_t port, ServerOpts options = {},
                                        std::source_location where = std::source_location::current()) {
    std::vector<std::string> hosts(1, std::move(host));
    return detail::serve_hosts(detail::client_handler(std::move(handler)), std::move(hosts), port, options, where);
}
/// As above, for several hosts.
template <class F>
    requires std::invocable<F&, StreamReader, StreamWriter>
[[nodiscard]] Coro<Server> start_server(F handler, std::vector<std::string> hosts, std::uint16_t port,
                                        ServerOpts options = {},
                                        std::source_location where = std::source_location::current()) {
    return detail::serve_hosts(detail::client_handler(std::move(handler)), std::move(hosts), port, options, where);
}

/// As start_server(), at the Unix socket \p path. A socket that another server
/// has left there is replaced.
template <class F>
    requires std::invocable<F&, StreamReader, StreamWriter>
[[nodiscard]] Coro<Server> start_unix_server(F handler, std::string path, ServerOpts options = {},
                                             std::source_location where = std::source_location::current()) {
    return detail::serve_path(detail::client_handler(std::move(handler)), std::move(path), options, where);
}

}  // namespace aio
