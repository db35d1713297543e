// addr_info.cpp - what a host name stands for
#include "aio/addr_info.h"

#include "aio/executor.h"
#include "aio/loop.h"

#include <netdb.h>
#include <sys/socket.h>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <vector>

namespace aio {

namespace {

class ResolverCategory final : public std::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "resolver"; }
    [[nodiscard]] std::string message(int code) const override { return ::gai_strerror(code); }
};

[[noreturn]] void throw_resolver_error(int code, const std::string& what) {
    if (code == EAI_SYSTEM) throw std::system_error(errno, std::generic_category(), what);
    throw std::system_error(code, resolver_category(), what);
}

using Infos = std::vector<AddrInfo>;

/// Empty when \p host is not a number and only numbers were asked for.
std::optional<Infos> resolve(const std::string& host, std::uint16_t port, const AddrInfoOpts& options) {
    addrinfo hints{};
    hints.ai_family = options.family;
    hints.ai_socktype = options.type;
    hints.ai_protocol = options.proto;
    hints.ai_flags = options.flags | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int code = ::getaddrinfo(host.empty() ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (code == EAI_NONAME && (options.flags & AI_NUMERICHOST)) return std::nullopt;
    if (code != 0) throw_resolver_error(code, "getaddrinfo " + host);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, &::freeaddrinfo);
    Infos infos;
    for (const addrinfo* info = found; info; info = info->ai_next) {
        infos.push_back({info->ai_family, info->ai_socktype, info->ai_protocol,
                         info->ai_canonname ? info->ai_canonname : "", Address(info->ai_addr, info->ai_addrlen)});
    }
    return infos;
}

Infos resolve_name(const std::string& host, std::uint16_t port, const AddrInfoOpts& options) {
    auto infos = resolve(host, port, options);
    if (!infos) throw_resolver_error(EAI_NONAME, "getaddrinfo " + host);
    return std::move(*infos);
}

std::pair<std::string, std::string> name_of(const Address& address, int flags) {
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> service{};
    const int code =
        ::getnameinfo(address.data(), address.size(), host.data(), host.size(), service.data(), service.size(), flags);
    if (code != 0) throw_resolver_error(code, "getnameinfo");
    return {host.data(), service.data()};
}

}  // namespace

const std::error_category& resolver_category() noexcept {
    static const ResolverCategory category;
    return category;
}

Coro<std::vector<AddrInfo>> Loop::getaddrinfo(std::string host, std::uint16_t port, AddrInfoOpts options) {
    // A number needs no thread: it is translated without asking anybody.
    AddrInfoOpts numeric = options;
    numeric.flags |= AI_NUMERICHOST;
    auto infos = resolve(host, port, numeric);  // NOLINT(coro-blocking-call): AI_NUMERICHOST does not wait
    if (infos) co_return std::move(*infos);
    auto resolved = run_in_executor(nullptr, &resolve_name, std::move(host), port, options);
    co_return co_await std::move(resolved);
}

Coro<std::pair<std::string, std::string>> Loop::getnameinfo(Address address, int flags) {
    auto named = run_in_executor(nullptr, &name_of, address, flags);
    co_return co_await std::move(named);
}

}  // namespace aio
