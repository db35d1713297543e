// coro.cpp - names and warnings of coroutines
#include "aio/coro.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace aio {

namespace {

bool is_identifier(char c) noexcept {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The position of the bracket that the one at \p close closes.
std::size_t matching_open(std::string_view text, std::size_t close) noexcept {
    std::size_t depth = 0;
    for (std::size_t i = close + 1; i-- > 0;) {
        if (text[i] == ')') ++depth;
        if (text[i] == '(' && --depth == 0) return i;
    }
    return std::string_view::npos;
}

/// "Sleep" for "... await_in_frame(A) [with A = aio::Sleep<void>; ...]".
std::string_view awaitable_name(std::string_view function) noexcept {
    constexpr std::string_view before = "A = ";
    function.remove_prefix(std::min(function.size(), function.find('[')));
    const std::size_t found = function.find(before);
    if (found == std::string_view::npos) return "awaitable";
    function.remove_prefix(found + before.size());
    std::size_t begin = 0;
    std::size_t end = 0;
    for (; end < function.size() && (is_identifier(function[end]) || function[end] == ':'); ++end) {
        if (function[end] == ':') begin = end + 1;
    }
    return end == begin ? "awaitable" : function.substr(begin, end - begin);
}

}  // namespace

namespace detail {

std::string describe_coroutine(const PromiseBase* coroutine) {
    if (!coroutine) return "<coroutine object>";
    char address[32];
    std::snprintf(address, sizeof address, "%p", static_cast<const void*>(coroutine));
    return "<coroutine object " + std::string(coroutine_name(coroutine->where)) + " at " + address + ">";
}

bool is_await_frame(const std::source_location& where) noexcept {
    return std::string_view(where.function_name()).find(" aio::detail::await_in_frame(") != std::string_view::npos;
}

std::string_view coroutine_name(const std::source_location& where) noexcept {
    // "aio::Coro<T> ns::f(T) [with T = int]" is f; a lambda has no name.
    std::string_view text = where.function_name();
    if (is_await_frame(where)) return awaitable_name(text);
    text = text.substr(0, text.find(" [with "));
    if (text.ends_with(']')) text = text.substr(0, text.rfind(" ["));
    const std::size_t close = text.rfind(')');
    if (close == std::string_view::npos) return text;
    const std::size_t open = matching_open(text, close);
    if (open == std::string_view::npos) return text;
    const std::string_view before = text.substr(0, open);
    if (before.ends_with("<lambda") || before.ends_with("operator()")) return "<lambda>";
    std::size_t begin = open;
    while (begin > 0 && is_identifier(before[begin - 1])) --begin;
    return before.substr(begin);
}

void warn_never_awaited(const std::source_location& where) noexcept {
    const LoopCore* loop = running_core();
    if (!(loop ? loop->debug() : debug_from_environment())) return;
    try {
        warn("coroutine '" + std::string(coroutine_name(where)) + "' was never awaited", where);
    } catch (...) {
        std::fputs("aio: a warning could not be given\n", stderr);
    }
}

void throw_reused_coroutine() { throw RuntimeError("cannot reuse already awaited coroutine"); }

}  // namespace detail
}  // namespace aio
