// address.h - where a socket is bound or connected to
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

struct sockaddr;

namespace aio {

/// The address of a socket: host and port, or the path of a Unix socket.
class Address {
public:
    /// No address.
    Address() noexcept = default;
    /// A copy of what the system returned; longer ones than it allows are cut.
    Address(const sockaddr* address, std::size_t size) noexcept;
    /// A Unix socket; throws ValueError for a path that is too long. A path that
    /// begins with a zero byte is a name in the abstract namespace.
    [[nodiscard]] static Address unix_path(const std::string& path);
    /// What \p fd is bound to; empty when it is not.
    [[nodiscard]] static Address of_socket(int fd) noexcept;
    /// What \p fd is connected to; empty when it is not.
    [[nodiscard]] static Address of_peer(int fd) noexcept;

    /// True for no address.
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    /// AF_INET, AF_INET6, AF_UNIX, or zero when empty.
    [[nodiscard]] int family() const noexcept;
    /// The host in numbers, as "127.0.0.1" or "::1"; empty for Unix sockets.
    [[nodiscard]] std::string host() const;
    /// The port; zero for Unix sockets.
    [[nodiscard]] std::uint16_t port() const noexcept;
    /// The path of a Unix socket; empty for others and for unnamed ones.
    [[nodiscard]] std::string path() const;
    /// As Python prints it: "('127.0.0.1', 80)", "('::1', 80, 0, 0)", "'/path'".
    [[nodiscard]] std::string to_string() const;

    /// For system calls; of size() bytes.
    [[nodiscard]] const sockaddr* data() const noexcept { return reinterpret_cast<const sockaddr*>(bytes_); }
    /// How many bytes data() has.
    [[nodiscard]] unsigned size() const noexcept { return size_; }

    friend bool operator==(const Address& a, const Address& b) noexcept;

private:
    alignas(8) std::byte bytes_[128] = {};  // as large as sockaddr_storage
    unsigned size_ = 0;
};

}  // namespace aio
