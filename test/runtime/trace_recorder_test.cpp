// trace_recorder_test.cpp - what a tracer is told, as text
#include "virtual_run.h"

#include <gtest/gtest.h>

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

}  // namespace
