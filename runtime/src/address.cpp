// address.cpp - where a socket is bound or connected to
#include "aio/address.h"

#include "aio/errors.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <algorithm>
#include <cstring>

namespace aio {

namespace {

/// The bytes of \p address as a \p T: copied, since they have no such type.
template <class T>
T as(const Address& address) noexcept {
    T result{};
    std::memcpy(&result, address.data(), std::min<std::size_t>(address.size(), sizeof result));
    return result;
}

using NameCall = int (*)(int, sockaddr*, socklen_t*);

Address ask(NameCall call, int fd) noexcept {
    sockaddr_storage storage{};
    auto* address = reinterpret_cast<sockaddr*>(&storage);
    socklen_t size = sizeof storage;
    if (call(fd, address, &size) != 0) return {};
    return {address, size};
}

constexpr std::size_t path_offset = offsetof(sockaddr_un, sun_path);

}  // namespace

static_assert(sizeof(sockaddr_storage) == 128);

Address::Address(const sockaddr* address, std::size_t size) noexcept
    : size_(static_cast<unsigned>(std::min(size, sizeof bytes_))) {
    if (size_ > 0) std::memcpy(bytes_, address, size_);
}

Address Address::unix_path(const std::string& path) {
    sockaddr_un address{};
    const bool abstract = !path.empty() && path.front() == '\0';
    if (path.empty() || path.size() + (abstract ? 0 : 1) > sizeof address.sun_path)
        throw ValueError("AF_UNIX path is empty or too long");
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    const std::size_t size = path_offset + path.size() + (abstract ? 0 : 1);
    return {reinterpret_cast<const sockaddr*>(&address), size};
}

Address Address::of_socket(int fd) noexcept { return ask(&::getsockname, fd); }

Address Address::of_peer(int fd) noexcept { return ask(&::getpeername, fd); }

int Address::family() const noexcept { return empty() ? 0 : as<sockaddr>(*this).sa_family; }

std::string Address::host() const {
    char text[INET6_ADDRSTRLEN] = {};
    if (family() == AF_INET) {
        const auto address = as<sockaddr_in>(*this);
        ::inet_ntop(AF_INET, &address.sin_addr, text, sizeof text);
    } else if (family() == AF_INET6) {
        const auto address = as<sockaddr_in6>(*this);
        ::inet_ntop(AF_INET6, &address.sin6_addr, text, sizeof text);
    }
    return text;
}

std::uint16_t Address::port() const noexcept {
    if (family() == AF_INET) return ntohs(as<sockaddr_in>(*this).sin_port);
    if (family() == AF_INET6) return ntohs(as<sockaddr_in6>(*this).sin6_port);
    return 0;
}

std::string Address::path() const {
    if (family() != AF_UNIX || size_ <= path_offset) return {};
    const auto address = as<sockaddr_un>(*this);
    std::string path(address.sun_path, size_ - path_offset);
    if (path.front() != '\0') path.resize(std::min(path.size(), path.find('\0')));
    return path;
}

std::string Address::to_string() const {
    switch (family()) {
        case AF_INET: return "('" + host() + "', " + std::to_string(port()) + ")";
        case AF_INET6: {
            const auto address = as<sockaddr_in6>(*this);
            return "('" + host() + "', " + std::to_string(port()) + ", " +
                   std::to_string(ntohl(address.sin6_flowinfo)) + ", " + std::to_string(address.sin6_scope_id) + ")";
        }
        case AF_UNIX: return "'" + path() + "'";
        default: return "None";
    }
}

bool operator==(const Address& a, const Address& b) noexcept {
    return a.size_ == b.size_ && std::memcmp(a.bytes_, b.bytes_, a.size_) == 0;
}

}  // namespace aio
