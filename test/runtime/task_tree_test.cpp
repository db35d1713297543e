// task_tree_test.cpp - the list of tasks, each below its creator
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<> nap() { co_await aio::sleep(1h); }
aio::Coro<> fetch() { co_await nap(); }

aio::Coro<> serve(aio::Task<> other) {
    aio::create_task(fetch(), {.name = "grandchild"});
    co_await other;
}

/// Ends at once and leaves a task behind.
aio::Coro<> start() {
    aio::create_task(nap(), {.name = "orphan"});
    co_return;
}

aio::Coro<std::string> amain(aio::TaskTree& tree) {
    auto first = aio::create_task(fetch(), {.name = "first"});
    aio::create_task(serve(first), {.name = "second"});
    aio::create_task(start(), {.name = "third"});
    co_await aio::yield();
    co_await aio::yield();
    aio::create_task(nap(), {.name = "new"});
    aio::current_task().set_name("main");
    co_return tree.text();
}

TEST(TaskTree, ShowsCreatorsAndWhatEachTaskWaitsFor) {
    aio::TaskTree tree;
    aio::TestClock clock;
    EXPECT_EQ(tree.text(), "");
    EXPECT_EQ(aio::run(amain(tree), {.clock = &clock, .tracer = &tree}),
              "main amain: running\n"
              "  first fetch > nap: waits for sleep\n"
              "  second serve: waits for first\n"
              "    grandchild fetch > nap: waits for sleep\n"
              "  orphan nap: waits for sleep\n"
              "  new nap: ready\n");
    EXPECT_EQ(tree.text(), "");
}

TEST(TaskTree, ShowsTasksThatWereThereBefore) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    auto old = loop.create_task(fetch(), {.name = "old"});
    aio::TaskTree tree;
    loop.set_tracer(&tree);
    loop.run_once();
    EXPECT_EQ(tree.text(), "old fetch > nap: waits for sleep\n");
    old.cancel();
    loop.run_once();
    EXPECT_EQ(tree.text(), "");
}

TEST(TaskTree, KeepsNothingOfTasksThatAreDone) {
    aio::TaskTree tree;
    aio::TestClock clock;
    const auto one_after_the_other = [&]() -> aio::Coro<> {
        for (int i = 0; i < 1000; ++i) co_await aio::create_task(start());
    };
    aio::Loop loop({.clock = &clock, .tracer = &tree});
    loop.run_until_complete(one_after_the_other());
    const std::string text = tree.text();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1000);
    EXPECT_EQ(text.substr(0, 32), "orphan nap: waits for sleep\norph");
    for (const auto& task : loop.core().unfinished_tasks()) task->cancel({});
    loop.run_once();
    EXPECT_EQ(tree.text(), "");
}

}  // namespace
