// block_pool_test.cpp - where blocks go that a thread needs no more
#include "virtual_run.h"

#include "aio/detail/block_depot.h"
#include "aio/detail/block_pool.h"

#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <vector>

namespace {

using namespace aio_test;
using aio::detail::BlockDepot;
using aio::detail::BlockPool;

/// A size that nothing else in this program has.
constexpr std::size_t size = 4000;
constexpr std::size_t size_class = BlockPool::class_of(size);
constexpr std::size_t bytes = BlockPool::class_bytes(size_class);

BlockPool::Block* new_batch(std::size_t count) { return BlockDepot::make(size_class, count); }

std::size_t length_of(const BlockPool::Block* first) {
    std::size_t length = 0;
    for (; first; first = first->next) ++length;
    return length;
}

/// Takes all blocks of the size out of the depot; returns how many there were.
std::size_t empty_depot() {
    std::size_t count = 0;
    while (BlockPool::Block* batch = BlockDepot::instance().take(size_class)) {
        count += length_of(batch);
        BlockDepot::destroy(batch);
    }
    return count;
}

TEST(BlockDepot, GivesBatchesBackAsTheyCame) {
    empty_depot();
    BlockDepot& depot = BlockDepot::instance();
    BlockPool::Block* const three = new_batch(3);
    BlockPool::Block* const five = new_batch(5);
    depot.give(size_class, three, 3);
    depot.give(size_class, five, 5);
    depot.give(size_class, nullptr, 0);
    BlockPool::Block* taken = depot.take(size_class);
    EXPECT_EQ(taken, five);
    EXPECT_EQ(length_of(taken), 5U);
    BlockDepot::destroy(taken);
    taken = depot.take(size_class);
    EXPECT_EQ(taken, three);
    EXPECT_EQ(length_of(taken), 3U);
    BlockDepot::destroy(taken);
    EXPECT_EQ(depot.take(size_class), nullptr);
}

TEST(BlockDepot, KeepsAtMost64MiB) {
    empty_depot();
    constexpr std::size_t most = std::size_t{64} << 20;
    constexpr std::size_t batch = 64;
    const std::size_t given = 2 * most / (batch * bytes);
    // Twice: what was taken out makes room again.
    for (int i = 0; i < 2; ++i) {
        for (std::size_t n = 0; n < given; ++n) BlockDepot::instance().give(size_class, new_batch(batch), batch);
        const std::size_t kept = empty_depot() * bytes;
        EXPECT_LE(kept, most);
        EXPECT_GE(kept, most / 2) << "other sizes leave so much room";
    }
}

#if AIO_POOLS_BLOCKS

TEST(BlockPool, LeavesWhatItHasTooManyOfToOtherThreads) {
    empty_depot();
    std::vector<void*> blocks;
    for (int i = 0; i < 100; ++i) blocks.push_back(aio::detail::allocate_block(size));
    empty_depot();  // a slab may have had more than was needed
    std::thread([&] {
        for (void* block : blocks) aio::detail::deallocate_block(block, size);
        const BlockPool::List& list = aio::detail::block_pool.lists[size_class];
        EXPECT_GT(list.batch, 0U);
        EXPECT_LE(length_of(list.first) + length_of(list.spare), 2 * list.batch);
    }).join();
    // The two batches that the thread kept went with it.
    const std::size_t left = empty_depot();
    EXPECT_GE(left, 80U);
    EXPECT_LT(left, 100U);
}

TEST(BlockPool, TakesWhatOtherThreadsHaveLeft) {
    empty_depot();
    BlockPool::Block* const left = new_batch(4);
    BlockDepot::instance().give(size_class, left, 4);
    std::thread([&] {
        void* const block = aio::detail::allocate_block(size);
        EXPECT_EQ(block, left);
        EXPECT_EQ(BlockDepot::instance().take(size_class), nullptr);
        aio::detail::deallocate_block(block, size);
    }).join();
    EXPECT_EQ(empty_depot(), 0U) << "a thread that ends gives its blocks to the system";
}

/// Looks at the pool of its thread when all that was made later has ended.
struct LastLook {
    bool* empty = nullptr;

    static bool is_empty() {
        for (const BlockPool::List& list : aio::detail::block_pool.lists) {
            if (list.first || list.spare || list.count != 0) return false;
        }
        return true;
    }
    ~LastLook() {
        if (!empty) return;
        *empty = is_empty();
        // From here on blocks come from the system and go there.
        aio::detail::deallocate_block(aio::detail::allocate_block(size), size);
        *empty = *empty && is_empty();
    }
};
thread_local LastLook last_look;

TEST(BlockPool, OfAThreadThatEndsIsEmptied) {
    bool empty = false;
    std::thread([&] {
        last_look.empty = &empty;  // before the pool is used, so that it ends after it
        aio::detail::deallocate_block(aio::detail::allocate_block(size), size);
        aio::detail::deallocate_block(aio::detail::allocate_block(100), 100);
        EXPECT_FALSE(LastLook::is_empty());
    }).join();
    EXPECT_TRUE(empty);
}

#endif

TEST(BlockPool, FramesOutliveTheThreadThatMadeThem) {
    const auto one = []() -> aio::Coro<int> { co_return 1; };
    const std::size_t before = aio::live_frames();
    std::optional<aio::Coro<int>> made;
    std::thread([&] { made.emplace(one()); }).join();
    EXPECT_EQ(aio::live_frames(), before + 1);
    EXPECT_EQ(run_virtually(*std::move(made)), 1);
    EXPECT_EQ(aio::live_frames(), before);
}

}  // namespace
