// block_pool.h - recycles small blocks of memory, thread by thread
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

// A pool would hide a use after free from AddressSanitizer.
#if defined(__SANITIZE_ADDRESS__)
#define AIO_POOLS_BLOCKS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AIO_POOLS_BLOCKS 0
#endif
#endif
#ifndef AIO_POOLS_BLOCKS
#define AIO_POOLS_BLOCKS 1
#endif

namespace aio::detail {

/// The free blocks of one thread, in lists of one size each.
///
/// A block may end in the pool of any thread. A pool keeps two batches of each
/// size, leaves more to the other threads, and gives all back when its thread
/// ends. The memory comes from the system in slabs: see BlockDepot.
struct BlockPool {
    struct Block {
        Block* next;
    };
    struct List {
        Block* first = nullptr;
        Block* spare = nullptr;   // a full batch, or null
        std::uint32_t count = 0;  // of the blocks from first on
        std::uint16_t batch = 0;  // how many there may be; none before the first use
        std::uint16_t slabs = 0;  // that this thread had made, as far as it matters
    };

    /// Blocks of 16 n + 8 bytes waste nothing: 8 more lead to the slab.
    static constexpr std::size_t class_of(std::size_t size) noexcept { return size <= 24 ? 1 : (size + 7) / 16; }
    static constexpr std::size_t class_bytes(std::size_t size_class) noexcept { return size_class * 16 + 8; }
    static constexpr std::size_t largest = 4096;
    static constexpr std::size_t classes = largest / 16 + 1;
    static constexpr bool fits(std::size_t size) noexcept { return AIO_POOLS_BLOCKS && size <= largest; }

    /// A free block for \p size bytes, or null.
    void* pop(std::size_t size) noexcept {
        List& list = lists[class_of(size)];
        Block* const block = list.first;
        if (block) {
            list.first = block->next;
            --list.count;
        }
        return block;
    }

    /// Keeps \p memory, a block for \p size bytes; false when there is no room.
    bool push(void* memory, std::size_t size) noexcept {
        List& list = lists[class_of(size)];
        if (list.count == list.batch) return false;
        auto* const block = static_cast<Block*>(memory);
        block->next = list.first;
        list.first = block;
        ++list.count;
        return true;
    }

    /// Frames made minus frames destroyed on this thread, which alone writes it.
    std::atomic<std::ptrdiff_t> frames{0};
    List lists[classes] = {};
};

extern thread_local constinit BlockPool block_pool;

void* new_block(std::size_t size);
void delete_block(void* block, std::size_t size) noexcept;

/// Memory for \p size bytes, aligned for any fundamental type.
inline void* allocate_block(std::size_t size) {
    if (BlockPool::fits(size)) {
        if (void* block = block_pool.pop(size)) return block;
    }
    return new_block(size);
}

/// Takes back what allocate_block() gave for \p size bytes, on any thread.
inline void deallocate_block(void* block, std::size_t size) noexcept {
    if (!BlockPool::fits(size) || !block_pool.push(block, size)) delete_block(block, size);
}

/// The memory of objects that are made and destroyed all the time.
struct Pooled {
    static void* operator new(std::size_t size) { return allocate_block(size); }
    static void operator delete(void* object, std::size_t size) noexcept { deallocate_block(object, size); }
};

}  // namespace aio::detail
