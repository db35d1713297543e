// block_pool.cpp - recycles small blocks of memory, thread by thread
#include "aio/detail/block_pool.h"

#include "aio/detail/block_depot.h"
#include "aio/frame_allocator.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <set>
#include <utility>

namespace aio {

FrameAllocator::~FrameAllocator() = default;

namespace detail {

thread_local constinit BlockPool block_pool;
std::atomic<FrameAllocator*> frame_allocator{nullptr};

namespace {

/// How many blocks move together between threads.
constexpr std::uint16_t batch_of(std::size_t size_class) noexcept {
    constexpr std::size_t bytes = 16 * 1024;
    return static_cast<std::uint16_t>(std::clamp<std::size_t>(bytes / BlockPool::class_bytes(size_class), 4, 128));
}

/// The threads that make and destroy frames, and the count of those that ended.
struct Census {
    std::mutex mutex;
    std::set<BlockPool*> pools;
    std::ptrdiff_t frames_of_others = 0;
};

/// Never destroyed: threads and static coroutines may end after everything else.
Census& census() {
    static Census& instance = *new Census;
    return instance;
}

thread_local constinit bool ended = false;

/// Gives the blocks of a thread back when it ends.
struct Membership {
    Membership() {
        Census& all = census();
        const std::lock_guard lock(all.mutex);
        all.pools.insert(&block_pool);
    }
    Membership(const Membership&) = delete;
    Membership& operator=(const Membership&) = delete;
    ~Membership() {
        ended = true;
        for (BlockPool::List& list : block_pool.lists) {
            BlockDepot::destroy(list.first);
            BlockDepot::destroy(list.spare);
            list = {};
        }
        Census& all = census();
        const std::lock_guard lock(all.mutex);
        all.pools.erase(&block_pool);
        all.frames_of_others += block_pool.frames.load(std::memory_order_relaxed);
    }
};

/// True while this thread has a pool that counts.
bool is_member() {
    if (ended) return false;
    static thread_local const Membership membership;
    return true;
}

void count_frame(std::ptrdiff_t change) {
    if (is_member()) return add_to_frames(change);
    Census& all = census();
    const std::lock_guard lock(all.mutex);
    all.frames_of_others += change;
}

/// A batch for a thread that has none left.
BlockPool::Block* more_blocks(BlockPool::List& list, std::size_t size_class) {
    constexpr std::uint16_t many = 4;
    BlockDepot& depot = BlockDepot::instance();
    if (BlockPool::Block* const batch = depot.take(size_class)) return batch;
    if (list.slabs == many) return depot.make_many(size_class, list.batch);
    ++list.slabs;
    return BlockDepot::make(size_class, list.batch);
}

}  // namespace

void* new_block(std::size_t size) {
    if (!BlockPool::fits(size)) return ::operator new(size);
    const std::size_t size_class = BlockPool::class_of(size);
    BlockPool::List& list = block_pool.lists[size_class];
    if (!list.spare && !is_member()) return BlockDepot::make(size_class, 1);
    list.batch = batch_of(size_class);
    list.first = list.spare ? std::exchange(list.spare, nullptr) : more_blocks(list, size_class);
    list.count = list.batch;
    return block_pool.pop(size);
}

void delete_block(void* block, std::size_t size) noexcept {
    if (!BlockPool::fits(size)) return ::operator delete(block);
    const std::size_t size_class = BlockPool::class_of(size);
    if (!is_member()) return BlockDepot::destroy(::new (block) BlockPool::Block{nullptr});
    BlockPool::List& list = block_pool.lists[size_class];
    list.batch = batch_of(size_class);
    if (list.count == list.batch) {
        BlockDepot::instance().give(size_class, list.spare, list.batch);
        list.spare = std::exchange(list.first, nullptr);
        list.count = 0;
    }
    block_pool.push(block, size);
}

void* allocate_frame_slowly(std::size_t size) {
    FrameAllocator* custom = frame_allocator.load(std::memory_order_relaxed);
    void* frame = custom ? custom->allocate(size) : new_block(size);
    count_frame(1);
    return frame;
}

void deallocate_frame_slowly(void* frame, std::size_t size) noexcept {
    count_frame(-1);
    if (FrameAllocator* custom = frame_allocator.load(std::memory_order_relaxed))
        custom->deallocate(frame, size);
    else
        delete_block(frame, size);
}

}  // namespace detail

void set_frame_allocator(FrameAllocator* allocator) noexcept {
    detail::frame_allocator.store(allocator, std::memory_order_relaxed);
}

std::size_t live_frames() noexcept {
    detail::Census& all = detail::census();
    const std::lock_guard lock(all.mutex);
    std::ptrdiff_t count = all.frames_of_others;
    for (const detail::BlockPool* pool : all.pools) count += pool->frames.load(std::memory_order_relaxed);
    return static_cast<std::size_t>(count);
}

}  // namespace aio
