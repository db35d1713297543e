// stream_reader_test.cpp - tests of StreamReader
#include "virtual_run.h"

#include <gtest/gtest.h>

using aio_test::message_of;
using aio_test::run_virtually;

namespace {

/// The message of what \p coro throws, and its type's name before a colon.
aio::Coro<std::string> failure_of(aio::Coro<std::string> coro) {
    std::exception_ptr error;
    try {
        const std::string got = co_await std::move(coro);
        co_return "got " + got;
    } catch (...) {
        error = std::current_exception();
    }
    co_return aio::describe(error);
}

template <class Body>
void with_reader(Body body, std::size_t limit = aio::default_stream_limit) {
    run_virtually(body(aio::StreamReader(limit)));
}

aio::Coro<> feed_later(aio::StreamReader reader, std::vector<std::string> pieces, bool end) {
    for (const std::string& piece : pieces) {
        co_await aio::sleep(aio::Seconds(1));
        reader.feed_data(piece);
    }
    if (end) reader.feed_eof();
}

TEST(StreamReader, ReadsWhatIsThereAndThenTheEnd) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        reader.feed_data("abcdef");
        reader.feed_eof();
        EXPECT_EQ(co_await reader.read(0), "");
        EXPECT_EQ(co_await reader.read(4), "abcd");
        EXPECT_FALSE(reader.at_eof());
        EXPECT_EQ(co_await reader.read(4), "ef");
        EXPECT_TRUE(reader.at_eof());
        EXPECT_EQ(co_await reader.read(4), "");
        EXPECT_EQ(co_await reader.read(), "");
        EXPECT_EQ(co_await reader.readline(), "");
        EXPECT_EQ(co_await reader.readexactly(0), "");
    });
}

TEST(StreamReader, WaitsForTheFirstByteOnly) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        auto feeder = aio::create_task(feed_later(reader, aio_test::list<std::string>("ab", "cd"), true));
        EXPECT_EQ(co_await reader.read(100), "ab");
        EXPECT_EQ(co_await reader.read(), "cd");
        co_await feeder;
    });
}

TEST(StreamReader, ReadsALineInPieces) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        auto feeder = aio::create_task(feed_later(reader, aio_test::list<std::string>("li", "ne\nre", "st"), true));
        EXPECT_EQ(co_await reader.readline(), "line\n");
        EXPECT_EQ(co_await reader.readline(), "rest");
        co_await feeder;
    });
}

TEST(StreamReader, FindsASeparatorThatComesInPieces) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        auto feeder =
            aio::create_task(feed_later(reader, aio_test::list<std::string>("a-", "-", "-=b", "c--="), false));
        EXPECT_EQ(co_await reader.readuntil("--="), "a---=");
        EXPECT_EQ(co_await reader.readuntil("--="), "bc--=");
        co_await feeder;
    });
}

TEST(StreamReader, EndBeforeTheSeparatorIsAnIncompleteRead) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        reader.feed_data("some");
        reader.feed_eof();
        try {
            static_cast<void>(co_await reader.readuntil("x"));
            ADD_FAILURE();
        } catch (const aio::IncompleteReadError& error) {
            EXPECT_EQ(error.partial(), "some");
            EXPECT_FALSE(error.expected().has_value());
            EXPECT_STREQ(error.what(), "4 bytes read on a total of undefined expected bytes");
        }
        EXPECT_TRUE(reader.at_eof());
        const auto text = co_await failure_of(reader.readexactly(3));
        EXPECT_EQ(text, "aio::IncompleteReadError: 0 bytes read on a total of 3 expected bytes");
    });
}

TEST(StreamReader, LimitHoldsForSeparators) {
    with_reader(
        [](aio::StreamReader reader) -> aio::Coro<> {
            reader.feed_data("123456789");
            std::size_t consumed = 0;
            try {
                static_cast<void>(co_await reader.readuntil("\n"));
            } catch (const aio::LimitOverrunError& error) {
                consumed = error.consumed();
                EXPECT_STREQ(error.what(), "Separator is not found, and chunk exceed the limit");
            }
            EXPECT_EQ(consumed, 9U);
            reader.feed_data("0\n");
            const auto text = co_await failure_of(reader.readuntil("\n"));
            EXPECT_EQ(text, "aio::LimitOverrunError: Separator is found, but chunk is longer than limit");
            EXPECT_EQ(co_await reader.readexactly(11), "1234567890\n");
        },
        8);
}

TEST(StreamReader, LineOverTheLimitIsDropped) {
    with_reader(
        [](aio::StreamReader reader) -> aio::Coro<> {
            reader.feed_data("123456789\nnext\n");
            auto text = co_await failure_of(reader.readline());
            EXPECT_EQ(text, "aio::ValueError: Separator is found, but chunk is longer than limit");
            EXPECT_EQ(co_await reader.readline(), "next\n");
            reader.feed_data("0123456789");
            text = co_await failure_of(reader.readline());
            EXPECT_EQ(text, "aio::ValueError: Separator is not found, and chunk exceed the limit");
            reader.feed_data("x\n");
            EXPECT_EQ(co_await reader.readline(), "x\n");
        },
        8);
}

TEST(StreamReader, SecondReaderAtOnceIsAnError) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        auto first = aio::create_task(reader.read(1));
        co_await aio::yield();
        for (auto* coro :
             {+[](aio::StreamReader r) { return r.read(1); }, +[](aio::StreamReader r) { return r.readexactly(1); },
              +[](aio::StreamReader r) { return r.readline(); }}) {
            const auto text = co_await failure_of(coro(reader));
            EXPECT_NE(text.find("() called while another coroutine is already waiting for incoming data"),
                      std::string::npos)
                << text;
        }
        reader.feed_data("x");
        EXPECT_EQ(co_await first, "x");
    });
}

TEST(StreamReader, CancelledReadLosesNothing) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        auto task = aio::create_task(reader.readexactly(4));
        co_await aio::yield();
        reader.feed_data("ab");
        task.cancel();  // and data, in the same iteration
        co_await aio::wait(aio_test::list(task));
        EXPECT_TRUE(task.cancelled());
        task = aio::create_task(reader.readexactly(4));
        co_await aio::yield();
        task.cancel();
        co_await aio::wait(aio_test::list(task));
        EXPECT_TRUE(task.cancelled());
        reader.feed_data("cd");
        EXPECT_EQ(co_await reader.readexactly(4), "abcd");
    });
}

TEST(StreamReader, ExceptionReachesTheWaiterAndLaterCalls) {
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        auto waiting = aio::create_task(failure_of(reader.read(1)));
        co_await aio::yield();
        reader.set_exception(std::make_exception_ptr(aio::ValueError("broken")));
        EXPECT_EQ(co_await waiting, "aio::ValueError: broken");
        EXPECT_EQ(co_await failure_of(reader.read(1)), "aio::ValueError: broken");
        EXPECT_EQ(co_await failure_of(reader.readline()), "aio::ValueError: broken");
        EXPECT_EQ(co_await failure_of(reader.readexactly(1)), "aio::ValueError: broken");
        EXPECT_TRUE(reader.exception() != nullptr);
    });
}

TEST(StreamReader, MisuseIsAnError) {
    EXPECT_EQ(message_of<aio::ValueError>([] { aio::StreamReader reader(0); }), "Limit cannot be <= 0");
    with_reader([](aio::StreamReader reader) -> aio::Coro<> {
        EXPECT_EQ(co_await failure_of(reader.readexactly(-1)),
                  "aio::ValueError: readexactly size can not be less than zero");
        EXPECT_EQ(co_await failure_of(reader.readuntil("")),
                  "aio::ValueError: Separator should be at least one-byte string");
        reader.feed_eof();
        EXPECT_THROW(reader.feed_data("x"), aio::RuntimeError);
    });
}

TEST(StreamReader, HandleMayGoWhileSomebodyReads) {
    run_virtually([]() -> aio::Coro<> {
        auto reader = std::make_unique<aio::StreamReader>();
        auto task = aio::create_task(reader->read(1));
        co_await aio::yield();
        const aio::StreamReader copy = *reader;
        reader.reset();
        copy.feed_data("x");
        EXPECT_EQ(co_await task, "x");
    }());
}

TEST(StreamReader, LoopEndsWhileSomebodyReads) {
    aio::StreamReader reader;
    auto loop = std::make_unique<aio::Loop>();
    const aio_test::Reports reports(*loop);
    const auto task = loop->create_task(reader.read());
    loop->run_once();
    loop.reset();
    EXPECT_EQ(reports.messages, std::vector<std::string>(1, "Task was destroyed but it is pending!"));
    reader.feed_data("nobody waits");
    EXPECT_FALSE(reader.at_eof());
}

}  // namespace
