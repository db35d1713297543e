// port.h - reads a port number
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

/// The port that the argument \p text names; says what is wrong with it and ends
/// the program when that is none.
inline std::uint16_t port_of(std::string_view text) {
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, port);
    if (error == std::errc() && rest == end && port > 0) return port;
    std::fprintf(stderr, "'%.*s' is no port: a port is a number from 1 to 65535\n", static_cast<int>(text.size()),
                 text.data());
    std::exit(2);
}
