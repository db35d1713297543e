// task_test.cpp - coroutines that a loop runs
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <memory>

namespace {

using namespace aio_test;

aio::Coro<std::string> echo(std::string text) {
    co_await aio::yield();
    co_return text;
}
aio::Coro<int> fail(std::string text) {
    throw aio::ValueError(text);
    co_return 0;
}

// B01
TEST(Task, OwnsWhatItsCoroutineWasGiven) {
    const auto body = []() -> aio::Coro<std::string> {
        auto task = aio::create_task(echo(std::string(1000, 'x')));
        co_return co_await task;
    };
    EXPECT_EQ(run_virtually(body()), std::string(1000, 'x'));
}

TEST(Task, OwnsALambdaWithCapturesAndItsArguments) {
    const auto body = []() -> aio::Coro<std::string> {
        aio::Task<std::string> task;
        {
            const std::string captured(100, 'c');
            task = aio::create_task(
                [captured](std::string argument) -> aio::Coro<std::string> {
                    co_await aio::yield();
                    co_return captured + argument;
                },
                std::string(100, 'a'));
        }
        co_return co_await task;
    };
    EXPECT_EQ(run_virtually(body()), std::string(100, 'c') + std::string(100, 'a'));
}

TEST(Task, OfACallableCanBeMadeOnAnIdleLoop) {
    aio::Loop loop;
    auto task = loop.create_task([](int value) -> aio::Coro<int> { co_return value; }, 5);
    EXPECT_EQ(loop.run_until_complete(task), 5);
}

// B12
TEST(Task, RunsOnWhenItsHandleIsDropped) {
    bool ended = false;
    const auto work = [&]() -> aio::Coro<> {
        co_await aio::sleep(1s);
        ended = true;
    };
    const auto body = [&]() -> aio::Coro<> {
        aio::create_task(work());
        co_await aio::sleep(2s);
    };
    run_virtually(body());
    EXPECT_TRUE(ended);
}

// B07
TEST(Task, ReportsAnErrorAtTheEndOfTheStepWhenNobodyHoldsIt) {
    const auto body = []() -> aio::Coro<> {
        Reports reports(aio::get_running_loop());
        aio::create_task(fail("lost"));
        EXPECT_TRUE(reports.messages.empty());
        co_await aio::yield();
        EXPECT_EQ(reports.messages, std::vector<std::string>{"Task exception was never retrieved"});
        EXPECT_EQ(reports.errors, std::vector<std::string>{"aio::ValueError: lost"});
        aio::get_running_loop().set_exception_handler(nullptr);
    };
    run_virtually(body());
}

// B07
TEST(Task, ReportsAnErrorOnceWhenTheLastHandleGoes) {
    const auto body = []() -> aio::Coro<> {
        Reports reports(aio::get_running_loop());
        {
            auto task = aio::create_task(fail("lost"));
            const auto copy = task;
            co_await aio::yield();
            EXPECT_TRUE(task.done());
            EXPECT_TRUE(reports.messages.empty());
        }
        EXPECT_EQ(reports.messages.size(), 1U);
        aio::get_running_loop().set_exception_handler(nullptr);
    };
    run_virtually(body());
}

// B08
TEST(Task, IsSilentWhenItsErrorWasSeen) {
    const auto body = []() -> aio::Coro<> {
        Reports reports(aio::get_running_loop());
        {
            auto awaited = aio::create_task(fail("1"));
            try {
                co_await awaited;
                ADD_FAILURE() << "no error";
            } catch (const aio::ValueError&) {
            }
            auto asked = aio::create_task(fail("2"));
            auto read = aio::create_task(fail("3"));
            const auto outcomes = co_await aio::gather_outcomes(aio::create_task(fail("4")));
            EXPECT_FALSE(std::get<0>(outcomes).ok());
            EXPECT_TRUE(asked.exception());
            EXPECT_THROW(static_cast<void>(read.result()), aio::ValueError);
        }
        EXPECT_TRUE(reports.messages.empty());
        aio::get_running_loop().set_exception_handler(nullptr);
    };
    run_virtually(body());
}

// B18
TEST(Task, GivesTheSameExceptionObjectToEveryAwaiter) {
    struct Precious {
        explicit Precious(int number) : number(number) {}
        Precious(const Precious& other) : number(other.number) {
            if (number == 0) throw std::runtime_error("copied");
        }
        int number;
    };
    const auto body = []() -> aio::Coro<> {
        auto task = aio::create_task([]() -> aio::Coro<> {
            throw Precious(1);
            co_return;
        });
        const void* first = nullptr;
        const void* second = nullptr;
        try {
            co_await task;
        } catch (const Precious& error) {
            first = &error;
        }
        try {
            task.result();
        } catch (const Precious& error) {
            second = &error;
        }
        EXPECT_NE(first, nullptr);
        EXPECT_EQ(first, second);
    };
    run_virtually(body());
}

TEST(Task, CarriesAnExceptionOfAnyType) {
    const auto body = []() -> aio::Coro<int> {
        auto task = aio::create_task([]() -> aio::Coro<> {
            throw 42;
            co_return;
        });
        try {
            co_await aio::gather(task);
        } catch (int number) {
            co_return number;
        }
        co_return 0;
    };
    EXPECT_EQ(run_virtually(body()), 42);
}

TEST(Task, ReturnsAMoveOnlyValueToARvalueAwait) {
    const auto make = []() -> aio::Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(6); };
    const auto body = [&]() -> aio::Coro<int> {
        auto task = aio::create_task(make());
        const auto six = co_await std::move(task);
        const auto [seven] = co_await aio::gather(make());
        auto other = aio::create_task(make());
        co_await aio::yield();
        const auto taken = other.take();
        EXPECT_THROW(other.take(), aio::InvalidStateError);
        co_return *six + *seven + *taken;
    };
    EXPECT_EQ(run_virtually(body()), 18);
}

TEST(Task, CannotAwaitItself) {
    const auto body = []() -> aio::Coro<std::string> {
        aio::Task<std::string> self;
        self = aio::create_task([&self]() -> aio::Coro<std::string> {
            try {
                co_return co_await self;
            } catch (const aio::RuntimeError& error) {
                co_return error.what();
            }
        });
        co_return co_await self;
    };
    EXPECT_EQ(run_virtually(body()).rfind("Task cannot await on itself", 0), 0U);
}

TEST(Task, IsCompletedOnlyByItsCoroutine) {
    aio::Loop loop;
    auto task = loop.create_task(echo("x"));
    const aio::Future<std::string> future = task;
    EXPECT_THROW(future.set_result("y"), aio::RuntimeError);
    EXPECT_THROW(future.set_exception(aio::ValueError("y")), aio::RuntimeError);
    EXPECT_EQ(loop.run_until_complete(task), "x");
}

TEST(Task, HasANameAndDescribesItself) {
    const auto body = []() -> aio::Coro<> {
        auto task = aio::create_task(echo("x"), {.name = "worker"});
        const auto defined = " defined at " + place_of(task.stack().front().where);
        EXPECT_EQ(task.describe(), "<Task pending name='worker' coro=<echo()" + defined + ">>");
        co_await aio::yield();
        EXPECT_EQ(task.describe(), "<Task pending name='worker' coro=<echo()" + defined + "> wait_for=<sleep>>");
        const auto stack = task.stack();
        EXPECT_EQ(stack.size(), 2U);
        EXPECT_EQ(stack.front().name, "echo");
        EXPECT_EQ(stack.back().name, "sleep");
        co_await task;
        EXPECT_EQ(task.describe(), "<Task finished name='worker' coro=<echo() done," + defined + ">>");
        EXPECT_TRUE(task.stack().empty());
        task.set_name("done");
        EXPECT_EQ(task.name(), "done");
    };
    run_virtually(body());
}

TEST(Task, ListsAreInOrderOfCreationAndWithoutTheDone) {
    const auto body = []() -> aio::Coro<std::string> {
        auto a = aio::create_task(echo("x"), {.name = "a"});
        co_await a;
        auto b = aio::create_task(echo("x"), {.name = "b"});
        auto c = aio::create_task(echo("x"), {.name = "c"});
        std::string names;
        for (const auto& task : aio::all_tasks()) names += task == aio::current_task() ? "me " : task.name() + " ";
        co_await aio::gather(b, c);
        co_return names;
    };
    EXPECT_EQ(run_virtually(body()), "me b c ");
}

TEST(Task, CanBeMadeOfAnythingThatIsAwaited) {
    const auto body = []() -> aio::Coro<int> {
        auto nap = aio::create_task(aio::sleep(1h, 42), {.name = "nap"});
        EXPECT_EQ(nap.name(), "nap");
        aio::Lock lock;
        co_await aio::create_task(lock.acquire());
        EXPECT_TRUE(lock.locked());
        co_await aio::with_task_group([](aio::TaskGroup& group) -> aio::Coro<> {
            group.create_task(aio::sleep(1h));
            co_return;
        });
        co_return co_await nap;
    };
    EXPECT_EQ(run_virtually(body()), 42);
}

TEST(Task, NamesTheFutureOfAnotherLoopInItsMessage) {
    aio::Loop other;
    const auto body = [&]() -> aio::Coro<std::string> {
        const auto foreign = other.create_future();
        try {
            co_await foreign;
        } catch (const aio::RuntimeError& error) {
            co_return error.what();
        }
        co_return "";
    };
    const std::string message = run_virtually(body());
    const std::string end = " got Future <Future pending> attached to a different loop";
    EXPECT_EQ(message.find("Task <Task pending name='Task-"), 0U) << message;
    EXPECT_EQ(message.substr(message.size() - end.size()), end) << message;
}

TEST(Task, LearnsOneIterationLaterThatItMayNotAwaitSomething) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        std::vector<aio::Task<>> tasks(2);
        const auto awaiting = [&](std::size_t index) -> aio::Coro<> {
            try {
                co_await tasks[index];
            } catch (const aio::RuntimeError&) {
                order += "error ";
            }
        };
        tasks[0] = aio::create_task(awaiting(0));
        co_await aio::yield();
        order += "suspended ";
        co_await aio::yield();
        EXPECT_TRUE(tasks[0].done());
        // A cancellation in between takes the place of the error.
        tasks[1] = aio::create_task(awaiting(1));
        co_await aio::yield();
        tasks[1].cancel();
        co_await aio::wait(tasks);
        EXPECT_TRUE(tasks[1].cancelled());
    };
    run_virtually(body());
    EXPECT_EQ(order, "suspended error ");
}

}  // namespace
