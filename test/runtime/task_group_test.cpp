// task_group_test.cpp - tasks that end before the block
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <optional>

namespace {

using namespace aio_test;

aio::Coro<> sleeper(std::vector<std::string>* log, std::string name) {
    try {
        co_await aio::sleep(1h);
    } catch (const aio::CancelledError&) {
        log->push_back(name);
        throw;
    }
}
template <class E>
aio::Coro<> fail_after(aio::Seconds delay, E error) {
    co_await aio::sleep(delay);
    throw error;
}

TEST(TaskGroup, ReturnsWhatItsBodyReturns) {
    const auto body = []() -> aio::Coro<int> {
        co_return co_await aio::with_task_group([](aio::TaskGroup& group) -> aio::Coro<int> {
            auto task = group.create_task([]() -> aio::Coro<int> { co_return 2; });
            co_return 40 + co_await task;
        });
    };
    EXPECT_EQ(run_virtually(body()), 42);
}

TEST(TaskGroup, CancelsAndJoinsTheRestWhenATaskFails) {
    std::vector<std::string> log;
    const auto body = [&]() -> aio::Coro<> {
        try {
            co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
                group.create_task(sleeper(&log, "child"));
                group.create_task(fail_after(1s, aio::ValueError("boom")));
                try {
                    co_await aio::sleep(1h);
                } catch (const aio::CancelledError&) {
                    log.push_back("body");
                    throw;
                }
            });
            ADD_FAILURE() << "no error";
        } catch (const aio::ExceptionGroup& group) {
            EXPECT_EQ(group.message(), "unhandled errors in a TaskGroup");
            EXPECT_EQ(group.exceptions().size(), 1U);
            EXPECT_EQ(group.for_each<aio::ValueError>([](const aio::ValueError&) {}), 1U);
        }
        EXPECT_EQ(aio::current_task().cancelling(), 0);
        co_await aio::sleep(1s);
    };
    run_virtually(body());
    EXPECT_EQ(log, (std::vector<std::string>{"child", "body"}));
}

TEST(TaskGroup, LeavesNoRequestBehindWhenATaskFailsDuringTheJoin) {
    const auto body = []() -> aio::Coro<int> {
        try {
            co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
                group.create_task(fail_after(1s, aio::ValueError("late")));
                co_return;
            });
            ADD_FAILURE() << "no error";
        } catch (const aio::ExceptionGroup&) {
        }
        co_await aio::yield();
        co_return aio::current_task().cancelling();
    };
    EXPECT_EQ(run_virtually(body()), 0);
}

TEST(TaskGroup, AddsTheErrorOfItsBody) {
    std::vector<std::string> log;
    const auto body = [&]() -> aio::Coro<std::string> {
        try {
            co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
                group.create_task(sleeper(&log, "child"));
                co_await aio::yield();
                throw aio::ValueError("body");
            });
        } catch (const aio::ExceptionGroup& group) {
            co_return aio::describe(group.exceptions().at(0));
        }
        co_return "no error";
    };
    EXPECT_EQ(run_virtually(body()), "aio::ValueError: body");
    EXPECT_EQ(log, std::vector<std::string>{"child"});
}

TEST(TaskGroup, DoesNotMindACancelledTask) {
    const auto body = []() -> aio::Coro<> {
        co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
            auto task = group.create_task([]() -> aio::Coro<> { co_await aio::sleep(1h); });
            co_await aio::yield();
            task.cancel();
        });
    };
    EXPECT_NO_THROW(run_virtually(body()));
}

TEST(TaskGroup, CancelledFromOutsideCancelsItsTasksAndThrowsBare) {
    std::vector<std::string> log;
    const auto grouping = [&]() -> aio::Coro<> {
        co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
            group.create_task(sleeper(&log, "child"));
            co_return;
        });
    };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(grouping());
        co_await aio::sleep(1s);
        task.cancel();
        static_cast<void>(co_await aio::gather_outcomes(task));
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
    EXPECT_EQ(log, std::vector<std::string>{"child"});
}

TEST(TaskGroup, ThrowsAnExitRequestOfATaskBare) {
    std::vector<std::string> log;
    const auto body = [&]() -> aio::Coro<> {
        co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
            group.create_task(sleeper(&log, "child"));
            group.create_task(fail_after(1s, aio::SystemExit(9)));
            co_return;
        });
    };
    EXPECT_THROW(run_virtually(body()), aio::SystemExit);
    EXPECT_EQ(log, std::vector<std::string>{"child"});
}

TEST(TaskGroup, RefusesTasksWhenItHasEndedOrIsBeingCancelled) {
    const auto body = []() -> aio::Coro<> {
        const auto nothing = []() -> aio::Coro<> { co_return; };
        aio::TaskGroup group;
        co_await group.join();
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { group.create_task(nothing()); }),
                  "TaskGroup <TaskGroup entered> is finished");
        aio::TaskGroup other;
        other.cancel();
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { other.create_task(nothing()); }),
                  "TaskGroup <TaskGroup cancelling> is shutting down");
        co_await other.join();
    };
    run_virtually(body());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(TaskGroup, DescribesItselfAsPythonDoes) {
    std::vector<std::string> seen;
    const auto body = [&]() -> aio::Coro<> {
        co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
            seen.push_back(group.describe());
            group.create_task(fail_after(1s, aio::ValueError("x")));
            group.create_task(aio::sleep(9s));
            seen.push_back(group.describe());
            try {
                co_await aio::sleep(5s);
            } catch (const aio::CancelledError&) {
                seen.push_back(group.describe());
            }
        });
    };
    EXPECT_THROW(run_virtually(body()), aio::ExceptionGroup);
    EXPECT_EQ(seen, (std::vector<std::string>{"<TaskGroup entered>", "<TaskGroup tasks=2 entered>",
                                              "<TaskGroup tasks=1 errors=1 cancelling>"}));
}

TEST(TaskGroup, NeedsATask) {
    aio::Loop loop;
    std::string message;
    loop.call_soon([&] { message = message_of<aio::RuntimeError>([] { aio::TaskGroup group; }); });
    loop.run_once();
    EXPECT_EQ(message, "TaskGroup cannot determine the parent task");
}

TEST(TaskGroup, CanBeNestedAndGroupsTheInnerError) {
    const auto body = []() -> aio::Coro<std::size_t> {
        try {
            co_await aio::with_task_group([](aio::TaskGroup& outer) -> aio::Coro<> {
                outer.create_task([]() -> aio::Coro<> {
                    co_await aio::with_task_group([](aio::TaskGroup& inner) -> aio::Coro<> {
                        inner.create_task(fail_after(1s, aio::ValueError("deep")));
                        co_return;
                    });
                });
                co_return;
            });
        } catch (const aio::ExceptionGroup& group) {
            const auto found = group.subgroup<aio::ValueError>();
            co_return found ? found->for_each<aio::ValueError>([](const aio::ValueError&) {}) : 0;
        }
        co_return 0;
    };
    EXPECT_EQ(run_virtually(body()), 1U);
}

// B16
TEST(TaskGroupDeathTest, TerminatesWhenItIsDestroyedWithRunningTasks) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const auto body = []() -> aio::Coro<> {
        std::optional<aio::TaskGroup> group(std::in_place, std::source_location::current());
        group->create_task(aio::sleep(1h)).set_name("child");
        co_await aio::yield();
        group.reset();
    };
    EXPECT_DEATH(run_virtually(body()),
                 "TaskGroup of .*task_group_test.cpp:[0-9]+\\) was destroyed with 1 running tasks \\(child\\)");
}

}  // namespace
