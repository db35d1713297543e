// trace_recorder_test.cpp - what a tracer is told, as text
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>

namespace {

using namespace aio_test;

aio::Coro<int> nap() {
    co_await aio::sleep(1500ms);
    co_return 1;
}

TEST(TraceRecorder, TellsTheStoryOfATask) {
    aio::TraceRecorder recorder;
    aio::TestClock clock;
    const auto amain = []() -> aio::Coro<> {
        auto child = aio::create_task(nap());
        co_await child;
        auto other = aio::create_task(nap(), {.name = "other"});
        co_await aio::yield();
        other.cancel();
    };
    aio::run(amain(), {.clock = &clock, .tracer = &recorder});
    const std::string text = recorder.text();
    EXPECT_EQ(text.substr(0, text.find("1.5 done T1")),
              "0 create T1:<lambda>\n"
              "0 wake T1:<lambda>\n"
              "0 iteration 1\n"
              "0 begin T1:<lambda>\n"
              "0 create T2:nap by T1:<lambda>\n"
              "0 wake T2:nap\n"
              "0 suspend T1:<lambda> for T2:nap\n"
              "0 end T1:<lambda>\n"
              "0 iteration 1\n"
              "0 begin T2:nap\n"
              "0 suspend T2:nap for sleep\n"
              "0 end T2:nap\n"
              "1.5 iteration 1\n"
              "1.5 wake T2:nap\n"
              "1.5 iteration 1\n"
              "1.5 begin T2:nap\n"
              "1.5 done T2:nap finished\n"
              "1.5 wake T1:<lambda>\n"
              "1.5 end T2:nap\n"
              "1.5 iteration 1\n"
              "1.5 begin T1:<lambda>\n"
              "1.5 create other by T1:<lambda>\n"
              "1.5 wake other\n"
              "1.5 wake T1:<lambda>\n"
              "1.5 suspend T1:<lambda> for sleep\n"
              "1.5 end T1:<lambda>\n"
              "1.5 iteration 2\n"
              "1.5 begin other\n"
              "1.5 suspend other for sleep\n"
              "1.5 end other\n"
              "1.5 begin T1:<lambda>\n"
              "1.5 cancel other by T1:<lambda>\n"
              "1.5 wake other\n");
}

/// Workers that share a queue, locks and random sleeps; some are cancelled.
aio::Coro<> random_schedule(unsigned seed) {
    std::mt19937 random(seed);
    aio::Queue<int> queue(2);
    aio::Lock lock;
    const auto produce = [&]() -> aio::Coro<> {
        for (int i = 0; i < 20; ++i) {
            co_await aio::sleep(aio::Seconds(random() % 7));
            co_await queue.put(i);
        }
    };
    const auto consume = [&]() -> aio::Coro<> {
        while (true) {
            const int item = co_await queue.get();
            const auto guard = co_await lock.scoped();
            co_await aio::sleep(aio::Seconds(random() % 3 * item));
        }
    };
    std::vector<aio::Task<>> consumers;
    for (int i = 0; i < 5; ++i) consumers.push_back(aio::create_task(consume()));
    auto producer = aio::create_task(produce());
    while (!producer.done()) {
        co_await aio::sleep(aio::Seconds(random() % 20));
        consumers[random() % consumers.size()].cancel();
        consumers.push_back(aio::create_task(consume()));
    }
    for (const auto& consumer : consumers) consumer.cancel();
    co_await aio::gather_outcomes(consumers);
}

std::string trace_of(unsigned seed) {
    aio::TraceRecorder recorder;
    aio::TestClock clock;
    aio::run(random_schedule(seed), {.clock = &clock, .tracer = &recorder});
    return recorder.text();
}

TEST(TraceRecorder, B28WritesTheSameForTheSameSeed) {
    const std::string first = trace_of(7);
    EXPECT_GT(first.size(), 10'000U);
    EXPECT_EQ(first, trace_of(7));
    EXPECT_NE(first, trace_of(8));
}

/// Counts how often a loop sleeps.
class Sleeps : public aio::Tracer {
public:
    void on_select(aio::Seconds) override { ++count; }
    void on_iteration(std::size_t) override { ++iterations; }
    int count = 0;
    int iterations = 0;
};

TEST(Tracer, B28SeesNoSleepOfALoopWithAVirtualClock) {
    Sleeps sleeps;
    aio::TestClock clock;
    const auto hour = []() -> aio::Coro<> { co_await aio::sleep(1h); };
    aio::run(hour(), {.clock = &clock, .tracer = &sleeps});
    EXPECT_DOUBLE_EQ(clock.now(), 3600);
    EXPECT_EQ(sleeps.count, 0);
    EXPECT_LT(sleeps.iterations, 10);
}

TEST(Tracer, SeesTheSleepOfARealLoop) {
    Sleeps sleeps;
    const auto body = []() -> aio::Coro<> { co_await aio::sleep(1ms); };
    aio::run(body(), {.tracer = &sleeps});
    EXPECT_GE(sleeps.count, 1);
}

TEST(Tracer, MayGoBeforeItsLoopOrItsLoopBeforeIt) {
    auto loop = std::make_unique<aio::Loop>();
    auto tracer = std::make_unique<Sleeps>();
    Sleeps other;
    loop->set_tracer(tracer.get());
    tracer.reset();
    loop->run_once();
    loop->set_tracer(&other);
    loop->set_tracer(nullptr);
    loop->run_once();
    EXPECT_EQ(other.iterations, 0);
    loop->set_tracer(&other);
    aio::Loop second({.tracer = &other});
    loop->run_once();
    EXPECT_EQ(other.iterations, 0);
    second.run_once();
    EXPECT_EQ(other.iterations, 1);
    loop.reset();
}

TEST(Tracer, LearnsOfTheEndOfAStepThatThrowsAnExitRequest) {
    aio::TraceRecorder recorder;
    aio::TestClock clock;
    const auto exits = []() -> aio::Coro<> {
        throw aio::SystemExit(3);
        co_return;
    };
    aio::Loop loop({.clock = &clock, .tracer = &recorder});
    EXPECT_THROW(loop.run_until_complete(exits()), aio::SystemExit);
    EXPECT_EQ(recorder.lines().back(), "0 end T1:<lambda>");
}

}  // namespace
