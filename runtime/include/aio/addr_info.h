// addr_info.h - what a host name stands for
#pragma once

#include "aio/address.h"

#include <string>
#include <system_error>

namespace aio {

/// What Loop::getaddrinfo() looks for; zero means any.
struct AddrInfoOpts {
    /// AF_INET or AF_INET6.
    int family = 0;
    /// SOCK_STREAM or SOCK_DGRAM.
    int type = 0;
    /// IPPROTO_TCP or another protocol.
    int proto = 0;
    /// AI_... bits.
    int flags = 0;
};

/// One way to reach a host: the arguments of socket() and connect().
struct AddrInfo {
    /// AF_INET or AF_INET6.
    int family = 0;
    /// SOCK_STREAM or SOCK_DGRAM.
    int type = 0;
    /// IPPROTO_TCP or another protocol.
    int proto = 0;
    /// The official name of the host, if AI_CANONNAME asked for it.
    std::string canonname = {};
    /// Host and port.
    Address address = {};
};

/// The category of errors of getaddrinfo() and getnameinfo(): EAI_... codes.
[[nodiscard]] const std::error_category& resolver_category() noexcept;

}  // namespace aio
