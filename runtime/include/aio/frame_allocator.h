// frame_allocator.h - where coroutine frames come from
#pragma once

#include <cstddef>

namespace aio {

/// Provides the memory of coroutine frames.
///
/// Called on any thread that creates or destroys coroutines.
class FrameAllocator {
public:
    virtual ~FrameAllocator();
    /// Memory for \p size bytes, aligned for any fundamental type; may throw.
    virtual void* allocate(std::size_t size) = 0;
    virtual void deallocate(void* frame, std::size_t size) noexcept = 0;
};

/// Replaces the allocator for the whole process; null restores the default.
///
/// Call it while no coroutine exists. The allocator is not owned.
void set_frame_allocator(FrameAllocator* allocator) noexcept;

/// How many coroutine frames exist now, in all threads.
[[nodiscard]] std::size_t live_frames() noexcept;

namespace detail {

void* allocate_frame(std::size_t size);
void deallocate_frame(void* frame, std::size_t size) noexcept;

}  // namespace detail
}  // namespace aio
