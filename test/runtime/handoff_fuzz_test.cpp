// handoff_fuzz_test.cpp - nothing is lost when wakeups and cancellations coincide
//
// B26: 10^5 random schedules, the same in every run.
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace {

using namespace aio_test;

constexpr int chunks = 5;
constexpr int schedules_per_chunk = 5'000;  // of each of the four kinds

/// A linear congruential generator: small, and the same on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) noexcept : state_(seed * 2654435761U + 12345) {}

    std::uint32_t below(std::uint32_t end) noexcept {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>(state_ >> 33) % end;
    }

private:
    std::uint64_t state_;
};

using Tasks = std::vector<aio::Task<>>;

/// Cancels tasks and lets time pass, at random; \p act does the rest.
template <class F>
aio::Coro<> disturb(Random& random, Tasks& tasks, F& act) {
    for (int step = 0; step < 10; ++step) {
        const std::uint32_t choice = random.below(5);
        if (choice == 0)
            tasks[random.below(static_cast<std::uint32_t>(tasks.size()))].cancel();
        else if (choice == 1)
            act();
        else
            co_await aio::yield();
    }
    // Long enough for everybody who can go on.
    for (std::size_t i = 0; i < 5 * tasks.size(); ++i) co_await aio::yield();
}

aio::Coro<> end(Tasks& tasks) {
    for (auto& task : tasks) task.cancel();
    co_await aio::gather_outcomes(tasks);
}

bool any_waits(const Tasks& tasks, std::size_t from, std::size_t to) {
    return !std::all_of(tasks.begin() + static_cast<std::ptrdiff_t>(from),
                        tasks.begin() + static_cast<std::ptrdiff_t>(to), [](const auto& task) { return task.done(); });
}

/// Runs \p schedule with one seed after the other until a check fails.
template <class F>
aio::Coro<> repeat(int chunk, F schedule) {
    for (int i = 0; i < schedules_per_chunk && !testing::Test::HasFailure(); ++i) {
        const int seed = chunk * schedules_per_chunk + i;
        Random random(static_cast<std::uint64_t>(seed));
        co_await schedule(random);
        if (testing::Test::HasFailure()) ADD_FAILURE() << "seed " << seed;
    }
}

class B26Handoff : public testing::TestWithParam<int> {
protected:
    template <class F>
    void fuzz(F schedule) {
        run_virtually(repeat(GetParam(), schedule));
        EXPECT_EQ(aio::live_frames(), 0U);
    }
};

struct CountedQueue {
    explicit CountedQueue(std::size_t maxsize) : items(maxsize) {}

    aio::Coro<> get() {
        for (int i = 0; i < 2; ++i) {
            co_await items.get();
            ++got;
        }
    }
    aio::Coro<> put() {
        for (int i = 0; i < 2; ++i) {
            co_await items.put(1);
            ++put_in;
        }
    }
    void act(Random& random) {
        if (random.below(2) && !items.full()) {
            items.put_nowait(1);
            ++put_in;
        } else if (!items.empty()) {
            items.get_nowait();
            ++got;
        }
        EXPECT_EQ(put_in, got + items.qsize());
    }

    aio::Queue<int> items;
    std::size_t put_in = 0;
    std::size_t got = 0;
};

aio::Coro<> queue_schedule(Random& random) {
    CountedQueue queue(random.below(3));
    Tasks tasks;
    for (int i = 0; i < 3; ++i) tasks.push_back(aio::create_task(queue.get()));
    for (int i = 0; i < 3; ++i) tasks.push_back(aio::create_task(queue.put()));
    const auto act = [&] { queue.act(random); };
    co_await disturb(random, tasks, act);
    EXPECT_EQ(queue.put_in, queue.got + queue.items.qsize());
    EXPECT_FALSE(any_waits(tasks, 0, 3) && !queue.items.empty());
    EXPECT_FALSE(any_waits(tasks, 3, 6) && !queue.items.full());
    co_await end(tasks);
    EXPECT_EQ(queue.put_in, queue.got + queue.items.qsize());
}

struct CountedSection {
    explicit CountedSection(int permits) : semaphore(permits), limit(permits) {}

    /// Holds a lock or permit for some iterations, twice.
    template <class Gate>
    aio::Coro<> pass(Gate& gate, Random& random) {
        for (int i = 0; i < 2; ++i) {
            const auto guard = co_await gate.scoped();
            const Inside inside(*this);
            for (std::uint32_t left = random.below(3); left > 0; --left) co_await aio::yield();
        }
    }

    struct Inside {
        explicit Inside(CountedSection& entered) : section(entered) {
            ++section.inside;
            EXPECT_LE(section.inside, section.limit);
        }
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;
        ~Inside() { --section.inside; }

        CountedSection& section;
    };

    aio::Lock lock;
    aio::Semaphore semaphore;
    int limit;
    int inside = 0;
};

aio::Coro<> lock_schedule(Random& random) {
    CountedSection section(1);
    Tasks tasks;
    for (int i = 0; i < 4; ++i) tasks.push_back(aio::create_task(section.pass(section.lock, random)));
    const auto act = [&] { EXPECT_LE(section.inside, section.lock.locked() ? 1 : 0); };
    co_await disturb(random, tasks, act);
    EXPECT_FALSE(any_waits(tasks, 0, tasks.size()));
    EXPECT_FALSE(section.lock.locked());
    co_await end(tasks);
}

aio::Coro<> semaphore_schedule(Random& random) {
    CountedSection section(1 + static_cast<int>(random.below(2)));
    Tasks tasks;
    for (int i = 0; i < 5; ++i) tasks.push_back(aio::create_task(section.pass(section.semaphore, random)));
    const auto act = [] {};
    co_await disturb(random, tasks, act);
    EXPECT_FALSE(any_waits(tasks, 0, tasks.size()));
    co_await end(tasks);
    for (int left = section.limit; left > 0; --left) {
        EXPECT_FALSE(section.semaphore.locked());
        co_await section.semaphore.acquire();
    }
    EXPECT_TRUE(section.semaphore.locked());
}

struct Tokens {
    aio::Coro<> take() {
        const auto guard = co_await changed.scoped();
        co_await changed.wait_for([this] { return left > 0; });
        --left;
        // Keeps the lock, so that others are cancelled while they wait for it.
        co_await aio::yield();
    }
    aio::Coro<> give() {
        const auto guard = co_await changed.scoped();
        ++left;
        changed.notify();
        co_await aio::yield();
    }

    aio::Condition changed;
    int left = 0;
};

aio::Coro<> condition_schedule(Random& random) {
    Tokens tokens;
    Tasks tasks;
    for (int i = 0; i < 4; ++i) tasks.push_back(aio::create_task(tokens.take()));
    for (int i = 0; i < 2; ++i) tasks.push_back(aio::create_task(tokens.give()));
    const auto act = [&] { tasks.push_back(aio::create_task(tokens.give())); };
    co_await disturb(random, tasks, act);
    EXPECT_FALSE(any_waits(tasks, 0, 4) && tokens.left > 0);
    EXPECT_FALSE(any_waits(tasks, 4, tasks.size()));
    EXPECT_FALSE(tokens.changed.locked());
    co_await end(tasks);
}

TEST_P(B26Handoff, OfAQueueLosesNoItem) { fuzz(queue_schedule); }
TEST_P(B26Handoff, OfALockForgetsNoWaiter) { fuzz(lock_schedule); }
TEST_P(B26Handoff, OfASemaphoreLosesNoPermit) { fuzz(semaphore_schedule); }
TEST_P(B26Handoff, OfAConditionLosesNoNotification) { fuzz(condition_schedule); }

INSTANTIATE_TEST_SUITE_P(Chunk, B26Handoff, testing::Range(0, chunks));

}  // namespace
