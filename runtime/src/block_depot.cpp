// block_depot.cpp - where threads leave blocks for each other
#include "aio/detail/block_depot.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <new>
#include <utility>

namespace aio::detail {

namespace {

/// The beginning of a slab. Each of its blocks comes after the address of this.
struct Slab {
    explicit Slab(std::size_t count) noexcept : left(count) {}
    std::atomic<std::size_t> left;  // blocks that are not destroyed
};
static_assert(sizeof(Slab) == 8 && sizeof(Slab*) == 8, "blocks are aligned to 16 bytes");

/// The size of slabs for those who make many objects.
constexpr std::size_t large = 64 * 1024;

constexpr std::size_t stride(std::size_t size_class) noexcept {
    return BlockPool::class_bytes(size_class) + sizeof(Slab*);
}

Slab* slab_of(BlockPool::Block& block) noexcept { return reinterpret_cast<Slab**>(&block)[-1]; }

/// Gets the pages from the kernel at once, at half the cost of one fault for each.
void populate(std::byte* memory, std::size_t size) noexcept {
#ifdef MADV_POPULATE_WRITE
    static const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) & ~(page - 1);
    const auto end = (reinterpret_cast<std::uintptr_t>(memory) + size) & ~(page - 1);
    // Kernels that do not know it leave it to the faults.
    if (begin < end) static_cast<void>(::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE));
#else
    static_cast<void>(memory);
    static_cast<void>(size);
#endif
}

}  // namespace

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

/// Memory for \p count blocks, all of them still to be made.
class NewSlab {
public:
    NewSlab(std::size_t size_class, std::size_t count)
        : step_(stride(size_class)),
          size_(sizeof(Slab) + line + count * step_),
          slab_(::new (::operator new(size_)) Slab(count)),
          next_(reinterpret_cast<std::byte*>(slab_ + 1)) {
        // An object of one cache line lies in one.
        const auto block = reinterpret_cast<std::uintptr_t>(next_ + sizeof(Slab*));
        next_ += (line - block % line) % line;
        if (size_ >= large) populate(reinterpret_cast<std::byte*>(slab_), size_);
    }

    /// The next \p count blocks as a list that runs through the memory forwards.
    BlockPool::Block* list(std::size_t count) noexcept {
        BlockPool::Block* first = nullptr;
        BlockPool::Block** link = &first;
        for (; count > 0; --count, next_ += step_) {
            ::new (next_) Slab*(slab_);
            *link = ::new (next_ + sizeof(Slab*)) BlockPool::Block{nullptr};
            link = &(*link)->next;
        }
        return first;
    }

private:
    static constexpr std::size_t line = 64;

    std::size_t step_;
    std::size_t size_;
    Slab* slab_;
    std::byte* next_;
};

BlockPool::Block* BlockDepot::make(std::size_t size_class, std::size_t count) {
    return NewSlab(size_class, count).list(count);
}

BlockPool::Block* BlockDepot::make_many(std::size_t size_class, std::size_t batch) {
    const std::size_t batches = (large - 1) / (batch * stride(size_class)) + 1;
    NewSlab slab(size_class, batches * batch);
    BlockPool::Block* const first = slab.list(batch);
    for (std::size_t left = batches; left > 1; --left) give(size_class, slab.list(batch), batch);
    return first;
}

void BlockDepot::destroy(BlockPool::Block* first) noexcept {
    while (first) {
        // Neighbours in a list are often of one slab.
        Slab* const slab = slab_of(*first);
        std::size_t count = 0;
        do {
            ++count;
            first = first->next;
        } while (first && slab_of(*first) == slab);
        if (slab->left.fetch_sub(count, std::memory_order_acq_rel) == count) ::operator delete(slab);
    }
}

}  // namespace aio::detail
