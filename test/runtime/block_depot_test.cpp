// block_depot_test.cpp - tests of slabs and of batches of free blocks
#include "aio/detail/block_depot.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <set>
#include <thread>
#include <utility>

namespace {

using aio::detail::BlockDepot;
using aio::detail::BlockPool;

using Block = BlockPool::Block;

/// Splits \p list after \p count blocks and returns the rest.
Block* cut_after(Block* list, std::size_t count) {
    for (; count > 1; --count) list = list->next;
    return std::exchange(list->next, nullptr);
}

TEST(BlockDepot, BlocksOfASlabAreApartAndAligned) {
    constexpr std::size_t size = 100;
    Block* const list = BlockDepot::make(BlockPool::class_of(size), 50);
    std::set<std::uintptr_t> places;
    for (Block* block = list; block; block = block->next) places.insert(reinterpret_cast<std::uintptr_t>(block));
    ASSERT_EQ(places.size(), 50u);
    std::uintptr_t end = 0;
    for (const std::uintptr_t place : places) {
        EXPECT_EQ(place % alignof(std::max_align_t), 0u);
        EXPECT_GE(place, end);
        end = place + size;
    }
    BlockDepot::destroy(list);
}

TEST(BlockDepot, AnObjectOfOneCacheLineLiesInOne) {
    Block* const list = BlockDepot::make(BlockPool::class_of(56), 10);
    for (Block* block = list; block; block = block->next) EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 64, 0u);
    BlockDepot::destroy(list);
}

// AddressSanitizer sees a slab that goes too early, or never.
TEST(BlockDepot, ASlabLivesAsLongAsItsLastBlock) {
    const std::size_t size_class = BlockPool::class_of(40);
    Block* const first = BlockDepot::make(size_class, 20);
    Block* const second = cut_after(first, 10);
    Block* const third = cut_after(second, 5);
    BlockDepot::destroy(first);
    Block* const other = BlockDepot::make(size_class, 5);
    // A list that goes from one slab to another and back.
    Block* const end = cut_after(other, 2);
    other->next->next = second;
    second->next->next->next->next->next = end;
    BlockDepot::destroy(other);
    std::memset(reinterpret_cast<char*>(third) + sizeof(Block), 7, 40 - sizeof(Block));
    BlockDepot::destroy(third);
}

TEST(BlockDepot, BatchesOfALargeSlabAreAsLongAsOthers) {
    const std::size_t size_class = BlockPool::class_of(1000);
    constexpr std::size_t batch = 4;
    BlockDepot& depot = BlockDepot::instance();
    Block* list = depot.make_many(size_class, batch);
    std::size_t lists = 0;
    while (list) {
        EXPECT_EQ(cut_after(list, batch), nullptr);
        BlockDepot::destroy(list);
        ++lists;
        list = depot.take(size_class);
    }
    EXPECT_GE(lists, 64u * 1024 / (1000 * batch));
}

TEST(BlockDepot, WhatOneThreadGaveAnotherTakes) {
    const std::size_t size_class = BlockPool::class_of(3000);
    BlockDepot& depot = BlockDepot::instance();
    Block* const list = BlockDepot::make(size_class, 4);
    std::thread([&] { depot.give(size_class, list, 4); }).join();
    Block* const taken = depot.take(size_class);
    EXPECT_EQ(taken, list);
    BlockDepot::destroy(taken);
}

}  // namespace
