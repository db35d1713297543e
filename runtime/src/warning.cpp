// warning.cpp - where the warnings of debug mode go
#include "aio/warning.h"

#include <atomic>
#include <cstdio>

namespace aio {

namespace {

std::atomic<WarningHook> warning_hook{nullptr};

void print_warning(std::string_view message, const std::source_location& where) {
    if (where.line() != 0) std::fprintf(stderr, "%s:%u: ", where.file_name(), static_cast<unsigned>(where.line()));
    std::fprintf(stderr, "warning: %.*s\n", static_cast<int>(message.size()), message.data());
}

}  // namespace

void set_warning_hook(WarningHook hook) noexcept { warning_hook.store(hook); }

namespace detail {

void warn(std::string_view message, const std::source_location& where) noexcept {
    try {
        const WarningHook hook = warning_hook.load();
        (hook ? hook : print_warning)(message, where);
    } catch (...) {
        std::fputs("aio: a warning could not be given\n", stderr);
    }
}

}  // namespace detail
}  // namespace aio
