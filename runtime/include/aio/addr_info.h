// addr_info.h - what a host name stands for
#pragma once

#include "aio/address.h"

#include <string>
#include <system_error>

namespace aio {

/// What Loop::getaddrinfo() looks for; zero means any.
struct AddrInfoOpts {
    int family = 0;
    int type = 0;
    int proto = 0;
    /// AI_... bits.
    int flags = 0;
};

/// One way to reach a host: the arguments of socket() and connect().
struct AddrInfo {
    int family = 0;
    int type = 0;
    int proto = 0;
    std::string canonname = {};
    Address address = {};
};

/// The category of errors of getaddrinfo() and getnameinfo(): EAI_... codes.
[[nodiscard]] const std::error_category& resolver_category() noexcept;

}  // namespace aio
