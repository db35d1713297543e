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
/// once in many objects. Any thread.
class BlockDepot {
public:
    /// The one of the process; never destroyed, as threads may end after all else.
    static BlockDepot& instance();

    /// Takes over the list \p first of \p count blocks, or gives them back to the
    /// system when there is enough.
    void give(std::size_t size_class, BlockPool::Block* first, std::size_t count) noexcept;

    /// A list of as many blocks as were given together, or null.
    BlockPool::Block* take(std::size_t size_class) noexcept;

    /// Gives the blocks of a list back to the system.
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
