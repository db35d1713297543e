// block_depot.cpp - where threads leave blocks for each other
#include "aio/detail/block_depot.h"

#include <new>
#include <utility>

namespace aio::detail {

BlockDepot& BlockDepot::instance() {
    static BlockDepot& depot = *new BlockDepot;
    return depot;
}

void BlockDepot::give(std::size_t size_class, BlockPool::Block* first, std::size_t count) noexcept {
    if (!first) return;
    const std::size_t bytes = count * BlockPool::class_bytes(size_class);
    {
        const std::lock_guard lock(mutex_);
        if (bytes_ + bytes <= enough) {
            bytes_ += bytes;
            std::atomic<Batch*>& shelf = shelves_[size_class];
            Batch* const next = shelf.load(std::memory_order_relaxed);
            BlockPool::Block* const rest = first->next;
            shelf.store(::new (static_cast<void*>(first)) Batch{{rest}, next, count}, std::memory_order_relaxed);
            return;
        }
    }
    destroy(first);
}

BlockPool::Block* BlockDepot::take(std::size_t size_class) noexcept {
    std::atomic<Batch*>& shelf = shelves_[size_class];
    if (!shelf.load(std::memory_order_relaxed)) return nullptr;
    const std::lock_guard lock(mutex_);
    Batch* const batch = shelf.load(std::memory_order_relaxed);
    if (!batch) return nullptr;
    shelf.store(batch->next_batch, std::memory_order_relaxed);
    bytes_ -= batch->count * BlockPool::class_bytes(size_class);
    return batch;
}

void BlockDepot::destroy(BlockPool::Block* first) noexcept {
    while (BlockPool::Block* const block = first) {
        first = block->next;
        ::operator delete(block);
    }
}

}  // namespace aio::detail
