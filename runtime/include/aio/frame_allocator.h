// frame_allocator.h - where coroutine frames come from
#pragma once

#include "aio/detail/block_pool.h"

#include <atomic>
#include <cstddef>

namespace aio {

/// Provides the memory of coroutine frames.
///
/// Called on any thread that creates or destroys coroutines. A compiler may put
/// the frame of a coroutine that is awaited at once into that of its caller; no
/// allocator sees such a frame.
class FrameAllocator {
public:
    virtual ~FrameAllocator();
    /// Memory for \p size bytes, aligned for any fundamental type; may throw.
    virtual void* allocate(std::size_t size) = 0;
    /// Takes back what allocate() gave for the same \p size.
    virtual void deallocate(void* frame, std::size_t size) noexcept = 0;
};

/// Replaces the allocator for the whole process; null restores the default,
/// which recycles the frames of each thread.
///
/// Call it while no coroutine exists. The allocator is not owned.
void set_frame_allocator(FrameAllocator* allocator) noexcept;

/// How many coroutine frames are allocated now, by all threads.
[[nodiscard]] std::size_t live_frames() noexcept;

namespace detail {

extern std::atomic<FrameAllocator*> frame_allocator;

void* allocate_frame_slowly(std::size_t size);
void deallocate_frame_slowly(void* frame, std::size_t size) noexcept;

inline void add_to_frames(std::ptrdiff_t change) noexcept {
    std::atomic<std::ptrdiff_t>& frames = block_pool.frames;
    frames.store(frames.load(std::memory_order_relaxed) + change, std::memory_order_relaxed);
}

inline void* allocate_frame(std::size_t size) {
    if (BlockPool::fits(size) && !frame_allocator.load(std::memory_order_relaxed)) {
        if (void* frame = block_pool.pop(size)) {
            add_to_frames(1);
            return frame;
        }
    }
    return allocate_frame_slowly(size);
}

inline void deallocate_frame(void* frame, std::size_t size) noexcept {
    if (BlockPool::fits(size) && !frame_allocator.load(std::memory_order_relaxed) && block_pool.push(frame, size))
        return add_to_frames(-1);
    deallocate_frame_slowly(frame, size);
}

}  // namespace detail
}  // namespace aio
