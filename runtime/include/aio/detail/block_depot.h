// block_depot.h - where threads leave blocks for each other
#pragma once

#include "aio/detail/block_pool.h"

#include <atomic>
#include <cstddef>
#include <mutex>

namespace aio::detail {

/// The free blocks of no thread, in batches of one size each.
///
/// A thread that only makes objects and one that only destroys them meet here,
/// once in many objects. New blocks come from slabs: one piece of memory for many
/// blocks, which goes back to the system with the last of them. Any thread.
class BlockDepot {
public:
    /// The one of the process; never destroyed, as threads may end after all else.
    static BlockDepot& instance();

    /// Takes over the list \p first of \p count blocks, or gives them back to the
    /// system when there is enough.
    void give(std::size_t size_class, BlockPool::Block* first, std::size_t count) noexcept;

    /// A list of as many blocks as were given together, or null.
    BlockPool::Block* take(std::size_t size_class) noexcept;

    /// A slab of \p count new blocks, as a list.
    static BlockPool::Block* make(std::size_t size_class, std::size_t count);

    /// A list of \p batch new blocks from a slab of several batches, whose others
    /// it keeps; for those who make many objects.
    BlockPool::Block* make_many(std::size_t size_class, std::size_t batch);

    /// Gives the blocks of a list, which may be null, back to their slabs.
    static void destroy(BlockPool::Block* first) noexcept;

private:
    /// The first block of a batch also leads to the next batch.
    struct Batch : BlockPool::Block {
        Batch* next_batch;
        std::size_t count;
    };
    BlockDepot() = default;

    static constexpr std::size_t enough = std::size_t{64} << 20;

    std::mutex mutex_;
    std::size_t bytes_ = 0;
    // Read without the lock, to see that there is nothing.
    std::atomic<Batch*> shelves_[BlockPool::classes] = {};
};

}  // namespace aio::detail
