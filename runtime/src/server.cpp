// server.cpp - listens for connections
#include "aio/server.h"

#include "aio/addr_info.h"
#include "aio/loop.h"
#include "aio/sleep.h"
#include "sockets.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <optional>

namespace aio {

std::vector<ServerSocket> Server::sockets() const {
    std::vector<ServerSocket> sockets;
    for (const int fd : core_->sockets()) sockets.emplace_back(fd);
    return sockets;
}

std::uint16_t Server::port() const {
    const auto fds = core_->sockets();
    return fds.empty() ? std::uint16_t{0} : Address::of_socket(fds.front()).port();
}

namespace {

Coro<void> start_core(detail::Ref<detail::ServerCore> core) {
    core->start();
    // As asyncio: when this returns, the loop has looked at the sockets once.
    co_await yield();
}

/// For a server that nobody has a handle of yet: it goes if it cannot start.
Coro<void> start_new_core(detail::Ref<detail::ServerCore> core) {
    try {
        co_await start_core(core);
    } catch (...) {
        core->close();
        throw;
    }
}

/// A bound socket, or an error that other addresses may make up for.
struct Bound {
    detail::OwnedFd fd;
    int error = 0;
};

Bound bind_to(const AddrInfo& info, const ServerOpts& options) {
    Bound bound{detail::OwnedFd(::socket(info.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, info.proto))};
    // A family that this machine has not got; but not the lack of descriptors.
    if (!bound.fd) {
        if (errno == EMFILE || errno == ENFILE) detail::throw_system_failure(errno, "socket");
        return {{}, errno};
    }
    const int fd = bound.fd.get();
    if (info.family != AF_UNIX && options.reuse_address)
        detail::switch_on(fd, SOL_SOCKET, SO_REUSEADDR, "SO_REUSEADDR");
    if (options.reuse_port) detail::switch_on(fd, SOL_SOCKET, SO_REUSEPORT, "SO_REUSEPORT");
    // Or it would take the IPv4 port as well.
    if (info.family == AF_INET6) detail::switch_on(fd, IPPROTO_IPV6, IPV6_V6ONLY, "IPV6_V6ONLY");
    if (::bind(fd, info.address.data(), info.address.size()) == 0) return bound;
    if (errno == EADDRNOTAVAIL) return {{}, errno};
    detail::throw_system_failure(errno, "error while attempting to bind on address " + info.address.to_string());
}

}  // namespace

Coro<void> Server::start_serving() const { return start_core(core_); }

namespace detail {

Coro<Server> serve_hosts(ClientHandler handler, std::vector<std::string> hosts, std::uint16_t port, ServerOpts options,
                         std::source_location where) {
    const AddrInfoOpts wanted{.family = options.family, .type = SOCK_STREAM, .flags = AI_PASSIVE};
    std::vector<AddrInfo> infos;
    for (const std::string& host : hosts) {
        for (auto& info : co_await get_running_loop().getaddrinfo(host, port, wanted)) {
            const auto same = [&](const AddrInfo& other) { return other.address == info.address; };
            if (std::none_of(infos.begin(), infos.end(), same)) infos.push_back(std::move(info));
        }
    }
    Ref<ServerCore> core(
        new ServerCore(require_running_core(), std::move(handler), options.limit, options.backlog, where));
    int error = ENOENT;
    for (const AddrInfo& info : infos) {
        Bound bound = bind_to(info, options);
        if (bound.fd)
            core->add_socket(std::move(bound.fd));
        else
            error = bound.error;
    }
    if (core->sockets().empty()) throw_system_failure(error, "no address of the host can be bound");
    if (options.start_serving) co_await start_new_core(core);
    co_return Server(core);
}

Coro<Server> serve_path(ClientHandler handler, std::string path, ServerOpts options, std::source_location where) {
    const AddrInfo info{.family = AF_UNIX, .type = SOCK_STREAM, .address = Address::unix_path(path)};
    Ref<ServerCore> core(
        new ServerCore(require_running_core(), std::move(handler), options.limit, options.backlog, where));
    struct stat about{};
    if (path.front() != '\0' && ::stat(path.c_str(), &about) == 0 && S_ISSOCK(about.st_mode)) ::unlink(path.c_str());
    Bound bound = bind_to(info, options);
    if (!bound.fd)
        throw_system_failure(bound.error, "error while attempting to bind on address " + info.address.to_string());
    core->add_socket(std::move(bound.fd));
    if (options.start_serving) co_await start_new_core(core);
    co_return Server(core);
}

}  // namespace detail
}  // namespace aio
