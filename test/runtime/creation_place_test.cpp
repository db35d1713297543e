// creation_place_test.cpp - reports name the user's lines and coroutines
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

namespace {

using namespace aio_test;

using Names = std::vector<std::string>;
using Lines = std::vector<unsigned>;

/// Where tasks were created, and the names of their coroutines.
struct Places {
    Lines lines;
    Names names;
};

/// Notes the places of the tasks that tasks create.
class PlaceTracer final : public aio::Tracer {
public:
    explicit PlaceTracer(Places& places) : places_(places) {}

    void on_task_create(const aio::TaskBase& task) override {
        if (!aio::current_task()) return;
        EXPECT_EQ(std::string_view(task.created().file_name()), __FILE__) << task.describe();
        places_.lines.push_back(task.created().line());
        places_.names.emplace_back(task.coroutine());
    }

private:
    Places& places_;
};

/// Runs \p coro; gives the tasks that it creates.
Places places_of(aio::Coro<> coro) {
    Places places;
    PlaceTracer tracer(places);
    aio::TestClock clock;
    aio::run(std::move(coro), {.clock = &clock, .tracer = &tracer});
    return places;
}

aio::Coro<int> one(int first = 0, int second = 0, int third = 0) {
    co_await aio::sleep(1s);
    co_return 1 + first + second + third;
}

/// "FILE:LINE" of it, as the compiler sees it.
std::string place_of_one() {
    auto coro = one();
    const std::string place = place_of(coro.where());
    coro.close();
    return place;
}

std::vector<aio::Coro<int>> two() {
    std::vector<aio::Coro<int>> both;
    both.push_back(one());
    both.push_back(one());
    return both;
}

TEST(CreationPlace, OfTheChildrenOfAGatherIsItsCall) {
    Lines lines;
    const auto body = [&]() -> aio::Coro<> {
        auto first = aio::gather(one());
        lines.insert(lines.end(), 1, __LINE__ - 1);
        auto second = aio::gather(one(), aio::sleep(1s));
        lines.insert(lines.end(), 2, __LINE__ - 1);
        auto third = aio::gather(one(), one(), one());
        lines.insert(lines.end(), 3, __LINE__ - 1);
        auto fourth = aio::gather(one(), one(), one(), one());
        lines.insert(lines.end(), 4, __LINE__ - 1);
        auto range = aio::gather(two());
        lines.insert(lines.end(), 2, __LINE__ - 1);
        auto optional = aio::gather(aio::GatherOpts{}, one(), one(), one(), one(), one());
        lines.insert(lines.end(), 5, __LINE__ - 1);
        co_await aio::gather(first, second, third, fourth, range, optional);
    };
    const Places places = places_of(body());
    EXPECT_EQ(places.lines, lines);
    EXPECT_EQ(places.names.at(0), "one");
    EXPECT_EQ(places.names.at(2), "Sleep");
}

TEST(CreationPlace, OfTheChildrenOfGatherOutcomesIsItsCall) {
    Lines lines;
    const auto body = [&]() -> aio::Coro<> {
        auto pair = aio::gather_outcomes(one(), one());
        lines.insert(lines.end(), 2, __LINE__ - 1);
        auto range = aio::gather_outcomes(two());
        lines.insert(lines.end(), 2, __LINE__ - 1);
        co_await aio::gather(pair, range);
    };
    EXPECT_EQ(places_of(body()).lines, lines);
}

TEST(CreationPlace, OfWhatIsWaitedForIsTheCall) {
    Lines lines;
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::ensure_future(one());
        lines.push_back(__LINE__ - 1);
        auto nap = aio::ensure_future(aio::sleep(1s));
        lines.push_back(__LINE__ - 1);
        auto shield = aio::shield(one());
        lines.push_back(__LINE__ - 1);
        auto completions = aio::as_completed(two());
        lines.insert(lines.end(), 2, __LINE__ - 1);
        while (auto next = completions.next()) static_cast<void>(co_await *next);
        auto generator = aio::as_completed_generator(two());
        lines.insert(lines.end(), 2, __LINE__ - 1);
        while (auto next = co_await generator.next()) static_cast<void>(next->result());
        bool timed_out = false;
        auto limited = aio::wait_for(one(), 0s);
        lines.push_back(__LINE__ - 1);
        try {
            static_cast<void>(co_await std::move(limited));
        } catch (const aio::TimeoutError&) {
            timed_out = true;
        }
        EXPECT_TRUE(timed_out);
        co_await aio::gather(task, nap, shield);
    };
    EXPECT_EQ(places_of(body()).lines, lines);
}

TEST(CreationPlace, OfACallableIsTheCallAndItsNameThatOfTheCoroutine) {
    Lines lines;
    const auto body = [&]() -> aio::Coro<> {
        const auto none = [] { return one(); };
        aio::create_task(none);
        lines.push_back(__LINE__ - 1);
        aio::create_task(one, 1, 2, 3);
        lines.push_back(__LINE__ - 1);
        aio::get_running_loop().create_task(one, 1, 2, 3);
        lines.push_back(__LINE__ - 1);
        const auto with_two = [](int first, int second) { return one(first, second); };
        aio::create_task(with_two, 1, 2);
        lines.push_back(__LINE__ - 1);
        aio::TaskGroup group;
        const auto own = [](int first) -> aio::Coro<int> { co_return first; };
        group.create_task(own, 1);
        lines.push_back(__LINE__ - 1);
        group.create_task(one());
        lines.push_back(__LINE__ - 1);
        co_await group.join();
    };
    const Places places = places_of(body());
    EXPECT_EQ(places.lines, lines);
    EXPECT_EQ(places.names, (Names{"one", "one", "one", "one", "<lambda>", "one"}));
}

TEST(CreationPlace, IsNotKnownBehindManyArguments) {
    const auto sum = [](int a, int b, int c, int d) -> aio::Coro<int> { co_return a + b + c + d; };
    aio::Loop loop;
    auto task = loop.create_task(sum, 1, 2, 3, 4);
    EXPECT_EQ(task.created().line(), 0U);
    EXPECT_EQ(loop.run_until_complete(task), 10);
}

TEST(CreationPlace, DescriptionsShowTheCoroutineOfACallable) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    auto task = loop.create_task(one, 1, 2, 3);
    task.set_name("t");
    const std::string place = place_of_one();
    EXPECT_EQ(task.describe(), "<Task pending name='t' coro=<one() defined at " + place + ">>");
    EXPECT_EQ(task.stack().size(), 1U);
    loop.run_once();
    EXPECT_EQ(task.describe(), "<Task pending name='t' coro=<one() defined at " + place + "> wait_for=<sleep>>");
    const std::vector<aio::Frame> stack = task.stack();
    ASSERT_EQ(stack.size(), 2U);
    EXPECT_EQ(stack[0].name, "one");
    EXPECT_EQ(place_of(stack[0].where), place);
    EXPECT_EQ(stack[1].name, "sleep");
    EXPECT_EQ(loop.run_until_complete(task), 7);
    EXPECT_EQ(task.describe(), "<Task finished name='t' coro=<one() done, defined at " + place + ">>");
}

TEST(CreationPlace, DescriptionsShowTheAwaitableOfATask) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    auto task = loop.create_task(aio::sleep(1s), {.name = "t"});
    const unsigned line = __LINE__ - 1;
    EXPECT_EQ(task.describe(), "<Task pending name='t' coro=<Sleep()>>");
    EXPECT_EQ(task.stack().at(0).where.line(), line);
    loop.run_until_complete(task);
    EXPECT_EQ(task.describe(), "<Task finished name='t' coro=<Sleep() done>>");
}

TEST(CreationPlace, OfALostErrorIsTheLineOfTheCall) {
    aio::Loop loop;
    unsigned line = 0;
    loop.set_exception_handler(
        [&](aio::Loop&, const aio::ExceptionContext& context) { line = context.source_location.line(); });
    const auto fail = [](int number) -> aio::Coro<> {
        if (number > 0) throw aio::ValueError("x");
        co_return;
    };
    loop.create_task(fail, 1);
    const unsigned expected = __LINE__ - 1;
    loop.run_once();
    EXPECT_EQ(line, expected);
}

/// The lines that lost errors of futures name.
Lines lines_of_lost_errors(aio::Loop& loop, aio::Coro<> body) {
    Lines lines;
    loop.set_exception_handler([&](aio::Loop&, const aio::ExceptionContext& context) {
        EXPECT_EQ(std::string_view(context.source_location.file_name()), __FILE__);
        lines.push_back(context.source_location.line());
    });
    loop.run_until_complete(std::move(body));
    return lines;
}

TEST(CreationPlace, OfAJobIsTheCall) {
    Lines lines;
    aio::ThreadPoolExecutor pool(1);
    const auto fail = [](int number) -> int { throw aio::ValueError(std::to_string(number)); };
    const auto body = [&]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        auto first = loop.run_in_executor(&pool, fail, 1);
        lines.push_back(__LINE__ - 1);
        auto second = loop.run_in_executor(nullptr, [fail] { return fail(1); });
        lines.push_back(__LINE__ - 1);
        auto third = loop.run_in_executor(static_cast<aio::Executor*>(&pool), fail, 3);
        lines.push_back(__LINE__ - 1);
        while (!first.done() || !second.done() || !third.done()) co_await aio::sleep(1ms);
        // In this order, and not as they go out of scope.
        first = {};
        second = {};
        third = {};
    };
    aio::Loop loop;
    EXPECT_EQ(lines_of_lost_errors(loop, body()), lines);
}

int fail_elsewhere(int number) { throw aio::ValueError(std::to_string(number)); }

TEST(CreationPlace, OfAJobInAnotherProcessIsTheCall) {
    Lines lines;
    aio::ProcessPoolExecutor pool(1);
    const auto body = [&]() -> aio::Coro<> {
        auto future = aio::get_running_loop().run_in_executor(&pool, fail_elsewhere, 1);
        lines.push_back(__LINE__ - 1);
        while (!future.done()) co_await aio::sleep(1ms);
    };
    aio::Loop loop;
    EXPECT_EQ(lines_of_lost_errors(loop, body()), lines);
}

TEST(CreationPlace, OfAWrappedFutureIsTheCall) {
    Lines lines;
    const auto fail = []() -> aio::Coro<> {
        throw aio::ValueError("x");
        co_return;
    };
    const auto body = [&]() -> aio::Coro<> {
        auto future = aio::wrap_future(aio::run_coroutine_threadsafe(aio::get_running_loop(), fail()));
        lines.push_back(__LINE__ - 1);
        while (!future.done()) co_await aio::sleep(1ms);
    };
    aio::Loop loop;
    EXPECT_EQ(lines_of_lost_errors(loop, body()), lines);
}

TEST(CreationPlace, ACallableThatNeverRanIsNotReported) {
    std::vector<std::string> warnings;
    static std::vector<std::string>* noted = nullptr;
    noted = &warnings;
    aio::set_warning_hook([](std::string_view message, const std::source_location&) { noted->emplace_back(message); });
    {
        aio::Loop loop({.debug = true});
        auto task = loop.create_task(one, 1, 2, 3);
        task.cancel();
        loop.run_once();
        EXPECT_TRUE(task.cancelled());
        loop.close();
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.create_task(one, 1, 2, 3); }), "Event loop is closed");
    }
    aio::set_warning_hook(nullptr);
    EXPECT_EQ(warnings, Names());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(CreationPlace, ATaskOwnsTheArgumentsOfItsCallable) {
    const auto length = [](const std::string& text) -> aio::Coro<std::size_t> {
        co_await aio::sleep(1s);
        co_return text.size();
    };
    const auto body = [&]() -> aio::Coro<std::size_t> {
        auto task = aio::create_task(length, std::string(1000, 'x'));
        co_return co_await task;
    };
    EXPECT_EQ(run_virtually(body()), 1000U);
}

}  // namespace
