// result_test.cpp - results that are hard to carry
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>

namespace {

using namespace aio_test;

struct alignas(64) Wide {
    [[nodiscard]] bool aligned() const { return reinterpret_cast<std::uintptr_t>(this) % alignof(Wide) == 0; }
    std::array<char, 64> bytes{};
};

aio::Coro<Wide> wide() {
    co_await aio::yield();
    co_return Wide();
}

TEST(Result, MayBeOverAligned) {
    const auto body = []() -> aio::Coro<> {
        std::vector<aio::Task<Wide>> tasks;
        for (int i = 0; i < 20; ++i) tasks.push_back(aio::create_task(wide()));
        for (const auto& task : tasks) {
            co_await task;
            EXPECT_TRUE(task.result().aligned());
        }
        auto future = aio::get_running_loop().create_future<Wide>();
        future.set_result(Wide());
        EXPECT_TRUE(future.result().aligned());
        const auto gathered = aio::gather(wide());
        co_await gathered;
        EXPECT_TRUE(std::get<0>(gathered.result()).aligned());
    };
    run_virtually(body());
}

TEST(Result, MayBeHuge) {
    using Huge = std::array<char, 1 << 20>;
    const auto make = []() -> aio::Coro<Huge> {
        co_await aio::yield();
        Huge huge;
        huge.fill('x');
        co_return huge;
    };
    const auto body = [&]() -> aio::Coro<char> {
        const auto task = aio::create_task(make());
        co_await task;
        co_return task.result().back();
    };
    EXPECT_EQ(run_virtually(body()), 'x');
}

/// Throws when it was copied or moved often enough.
class Fragile {
public:
    explicit Fragile(int number) noexcept : number_(number) { ++live; }
    Fragile(const Fragile& other) : Fragile(other.number_) { spend(); }
    Fragile(Fragile&& other) : Fragile(static_cast<const Fragile&>(other)) {}
    ~Fragile() { --live; }
    [[nodiscard]] int number() const noexcept { return number_; }

    static inline std::atomic<int> live = 0;
    static inline std::atomic<int> budget = 0;

private:
    static void spend() {
        if (budget-- <= 0) throw std::length_error("copied too often");
    }

    int number_;
};

aio::Coro<Fragile> fragile() {
    co_await aio::yield();
    co_return Fragile(1);
}
aio::Coro<int> take_two(Fragile first, Fragile second) {
    co_await aio::yield();
    co_return first.number() + second.number();
}
aio::Coro<int> settle_a_future() {
    auto future = aio::get_running_loop().create_future<Fragile>();
    try {
        future.set_result(Fragile(1));
    } catch (const std::length_error&) {
        EXPECT_FALSE(future.done());
        throw;
    }
    co_return (co_await std::move(future)).number();
}

aio::Coro<int> carry_everywhere() {
    int sum = (co_await fragile()).number();
    const auto task = aio::create_task(fragile());
    sum += (co_await task).number() + (co_await aio::shield(task)).number();
    const auto [gathered] = co_await aio::gather(fragile());
    const auto [outcome] = co_await aio::gather_outcomes(fragile());
    sum += gathered.number() + (outcome.ok() ? outcome.value().number() : 0);
    sum += (co_await aio::wait_for(fragile(), 10s)).number();
    sum += co_await settle_a_future();
    sum += co_await take_two(Fragile(1), Fragile(1));
    sum += (co_await aio::to_thread([](Fragile given) { return given; }, Fragile(1))).number();
    aio::Queue<Fragile> queue;
    co_await queue.put(Fragile(1));
    co_return sum + (co_await queue.get()).number();
}

// B18
TEST(Result, MayThrowWheneverItIsCopied) {
    Fragile::budget = 1000;
    EXPECT_EQ(run_virtually(carry_everywhere()), 11);
    const int copies = 1000 - Fragile::budget;
    for (int i = 0; i < copies; ++i) {
        Fragile::budget = i;
        try {
            // Kept in an outcome, the error may as well be lost.
            run_virtually(carry_everywhere());
        } catch (const std::length_error&) {
        }
        EXPECT_EQ(Fragile::live, 0) << i;
        EXPECT_EQ(aio::live_frames(), 0U) << i;
    }
}

/// Does something when it is destroyed.
class LastWords {
public:
    explicit LastWords(std::function<void()> act) : act_(std::move(act)) {}
    LastWords(LastWords&& other) noexcept : act_(std::exchange(other.act_, nullptr)) {}
    LastWords& operator=(LastWords&&) = delete;
    ~LastWords() {
        if (act_) act_();
    }

private:
    std::function<void()> act_;
};

TEST(Result, MayScheduleInItsDestructor) {
    int ran = 0;
    int refused = 0;
    const auto make = [&](aio::Loop& loop) -> aio::Coro<LastWords> {
        co_await aio::yield();
        co_return LastWords([&] {
            try {
                loop.call_soon([&] { ++ran; });
            } catch (const aio::RuntimeError&) {
                ++refused;
            }
        });
    };
    {
        aio::Loop loop;
        loop.create_task(make(loop));
        for (int i = 0; i < 3; ++i) loop.run_once();
        EXPECT_EQ(ran, 1);
        const auto kept = loop.create_task(make(loop));
        for (int i = 0; i < 3; ++i) loop.run_once();
        loop.close();
    }
    EXPECT_EQ(ran, 1);
    EXPECT_EQ(refused, 1);
}

}  // namespace
