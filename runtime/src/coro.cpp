// coro.cpp - names, warnings and frames of coroutines
#include "aio/coro.h"

#include "aio/frame_allocator.h"

#include <atomic>
#include <cstdio>
#include <new>
#include <string>

namespace aio {

BaseError::~BaseError() = default;
FrameAllocator::~FrameAllocator() = default;

namespace {

std::atomic<FrameAllocator*> frame_allocator{nullptr};
std::atomic<std::size_t> frame_count{0};

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

}  // namespace

void set_frame_allocator(FrameAllocator* allocator) noexcept { frame_allocator.store(allocator); }

std::size_t live_frames() noexcept { return frame_count.load(std::memory_order_relaxed); }

namespace detail {

void* allocate_frame(std::size_t size) {
    FrameAllocator* custom = frame_allocator.load(std::memory_order_relaxed);
    void* frame = custom ? custom->allocate(size) : ::operator new(size);
    frame_count.fetch_add(1, std::memory_order_relaxed);
    return frame;
}

void deallocate_frame(void* frame, std::size_t size) noexcept {
    frame_count.fetch_sub(1, std::memory_order_relaxed);
    if (FrameAllocator* custom = frame_allocator.load(std::memory_order_relaxed)) custom->deallocate(frame, size);
    else ::operator delete(frame);
}

std::string_view coroutine_name(const std::source_location& where) noexcept {
    // "aio::Coro<T> ns::f(T) [with T = int]" is f; a lambda has no name.
    std::string_view text = where.function_name();
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
