// stream_errors.cpp - what goes wrong with streams and connections
#include "aio/stream_errors.h"

#include <cerrno>

namespace aio {

namespace {

std::string count_text(std::size_t got, std::optional<std::size_t> expected) {
    return std::to_string(got) + " bytes read on a total of " +
           (expected ? std::to_string(*expected) : std::string("undefined")) + " expected bytes";
}

}  // namespace

IncompleteReadError::IncompleteReadError(std::string partial, std::optional<std::size_t> expected)
    : Error(count_text(partial.size(), expected)), partial_(std::move(partial)), expected_(expected) {}

ConnectionResetError::ConnectionResetError(const std::string& message)
    : ConnectionError(ECONNRESET, std::generic_category(), message) {}

namespace detail {

void throw_system_failure(int error, const std::string& what) {
    const auto& category = std::generic_category();
    switch (error) {
        case ECONNRESET: throw ConnectionResetError(error, category, what);
        case EPIPE:
        case ESHUTDOWN: throw BrokenPipeError(error, category, what);
        case ECONNREFUSED: throw ConnectionRefusedError(error, category, what);
        case ECONNABORTED: throw ConnectionAbortedError(error, category, what);
        default: throw std::system_error(error, category, what);
    }
}

std::exception_ptr system_failure(int error, const std::string& what) {
    try {
        throw_system_failure(error, what);
    } catch (...) {
        return std::current_exception();
    }
}

}  // namespace detail
}  // namespace aio
