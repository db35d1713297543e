// connection.cpp - connects to a server
#include "aio/connection.h"

#include "aio/addr_info.h"
#include "aio/loop.h"
#include "sockets.h"

#include <sys/socket.h>

namespace aio {

namespace {

Connection make_connection(detail::OwnedFd fd, const StreamOpts& options) {
    auto transport = detail::StreamTransport::start(detail::require_running_core(), std::move(fd),
                                                    detail::StreamEnd::both, options.limit);
    StreamReader reader(transport->reader());
    return {std::move(reader), StreamWriter(std::move(transport))};
}

}  // namespace

Coro<Connection> open_connection(std::string host, std::uint16_t port, StreamOpts options) {
    const AddrInfoOpts wanted{.family = options.family, .type = SOCK_STREAM};
    auto infos = co_await get_running_loop().getaddrinfo(std::move(host), port, wanted);
    auto fd = co_await detail::connect_to_any(std::move(infos));
    co_return make_connection(std::move(fd), options);
}

Coro<Connection> open_unix_connection(std::string path, StreamOpts options) {
    AddrInfo info{.family = AF_UNIX, .type = SOCK_STREAM, .address = Address::unix_path(path)};
    auto fd = co_await detail::connect_to(std::move(info));
    co_return make_connection(std::move(fd), options);
}

}  // namespace aio
