// stream_test.cpp - tests of connections and what breaks them
#include "pipe.h"
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>

using aio_test::Pipe;

namespace {

using aio::StreamReader;
using aio::StreamWriter;

/// Sockets that are connected, one end in a stream, the other one raw.
struct HalfOpen {
    HalfOpen() {
        std::array<int, 2> pair{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) != 0) std::abort();
        raw = aio::detail::OwnedFd(pair[1]);
        transport = aio::detail::StreamTransport::start(aio::get_running_loop().core(), aio::detail::OwnedFd(pair[0]),
                                                        aio::detail::StreamEnd::both, aio::default_stream_limit);
    }
    [[nodiscard]] StreamReader reader() const { return StreamReader(transport->reader()); }
    [[nodiscard]] std::string take() const {
        std::string text(1 << 20, '\0');
        const ssize_t got = ::read(raw.get(), text.data(), text.size());
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return text;
    }
    aio::detail::OwnedFd raw;
    aio::detail::Ref<aio::detail::StreamTransport> transport;
};

template <class F>
aio::Coro<int> code_of(F make) {
    try {
        co_await make();
    } catch (const std::system_error& error) {
        co_return error.code().value();
    }
    co_return 0;
}

TEST(Stream, SendsAndReceives) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        StreamReader reader = half.reader();
        StreamWriter writer(half.transport);
        writer.write("over");
        writer.writelines(aio_test::list<std::string>("a", "b"));
        co_await writer.drain();
        EXPECT_EQ(half.take(), "overab");
        EXPECT_EQ(::write(half.raw.get(), "back", 4), 4);
        EXPECT_EQ(co_await reader.read(100), "back");
        EXPECT_TRUE(writer.can_write_eof());
        writer.write_eof();
        EXPECT_THROW(writer.write("x"), aio::RuntimeError);
        half.raw.reset();
        EXPECT_EQ(co_await reader.read(), "");
        EXPECT_FALSE(writer.is_closing());
        writer.close();
        writer.close();
        co_await writer.wait_closed();
        EXPECT_TRUE(writer.is_closing());
        EXPECT_EQ(half.transport->fd(), -1);
    }());
}

TEST(Stream, LastWriterThatGoesCloses) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        {
            StreamWriter writer(half.transport);
            const StreamWriter copy = writer;
            writer.write("last words");
            StreamWriter moved = std::move(writer);
            EXPECT_FALSE(copy.is_closing());
        }
        EXPECT_TRUE(half.transport->is_closing());
        co_await aio::yield();
        EXPECT_EQ(half.transport->fd(), -1);
        EXPECT_EQ(half.take(), "last words");
    }());
}

TEST(Stream, CloseSendsWhatWasWritten) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        StreamWriter writer(half.transport);
        writer.write(std::string(1 << 20, 'x'));
        EXPECT_GT(writer.get_write_buffer_size(), 0U);
        writer.close();
        std::size_t got = 0;
        while (half.transport->fd() >= 0) {
            got += half.take().size();
            co_await aio::yield();
        }
        got += half.take().size();
        EXPECT_EQ(got, std::size_t{1} << 20);
        co_await writer.wait_closed();
    }());
}

TEST(Stream, AbortForgetsWhatWasWritten) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        StreamWriter writer(half.transport);
        writer.write(std::string(1 << 20, 'x'));
        auto drained = aio::create_task(writer.drain());
        co_await aio::yield();
        writer.abort();
        EXPECT_EQ(writer.get_write_buffer_size(), 0U);
        co_await writer.wait_closed();
        co_await drained;
        EXPECT_EQ(half.transport->fd(), -1);
    }());
}

TEST(Stream, DrainWaitsBetweenTheWaterMarks) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        StreamWriter writer(half.transport);
        EXPECT_THROW(writer.set_write_buffer_limits(1, 2), aio::ValueError);
        writer.set_write_buffer_limits(1000, 10);
        while (writer.get_write_buffer_size() == 0) writer.write(std::string(900, 'x'));
        co_await writer.drain();
        writer.write(std::string(900, 'x'));
        auto drained = aio::create_task(writer.drain());
        auto cancelled = aio::create_task(writer.drain());
        for (int i = 0; i < 3; ++i) co_await aio::yield();
        EXPECT_FALSE(drained.done());
        cancelled.cancel();
        co_await aio::wait(aio_test::list(cancelled));
        EXPECT_TRUE(cancelled.cancelled());
        while (!drained.done()) {
            static_cast<void>(half.take());
            co_await aio::yield();
        }
        EXPECT_LE(writer.get_write_buffer_size(), 10U);
    }());
}

TEST(Stream, ReaderThatNobodyReadsStopsThePeer) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        StreamReader reader = half.reader();
        StreamWriter writer(half.transport);
        const std::string block(64 * 1024, 'x');
        std::size_t sent = 0;
        for (int idle = 0; idle < 20; co_await aio::yield()) {
            const ssize_t got = ::write(half.raw.get(), block.data(), block.size());
            if (got > 0) sent += static_cast<std::size_t>(got);
            idle = got > 0 ? 0 : idle + 1;
        }
        EXPECT_LT(sent, std::size_t{2} << 20);
        // More than what paused it can be read at once.
        EXPECT_EQ((co_await reader.readexactly(static_cast<std::ptrdiff_t>(sent))).size(), sent);
        EXPECT_EQ(::write(half.raw.get(), "x", 1), 1);
        EXPECT_EQ(co_await reader.read(10), "x");
    }());
}

TEST(Stream, B36DrainToAPeerThatHasGoneFailsAndTheProcessLives) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        StreamReader reader = half.reader();
        StreamWriter writer(half.transport);
        half.raw.reset();
        int error = 0;
        for (int i = 0; i < 10 && error == 0; ++i) {
            writer.write("nobody hears this");
            error = co_await code_of([&] { return writer.drain(); });
        }
        EXPECT_TRUE(error == EPIPE || error == ECONNRESET) << error;
        EXPECT_EQ(co_await code_of([&] { return writer.drain(); }), EPIPE);
        EXPECT_EQ(co_await code_of([&] { return writer.wait_closed(); }), EPIPE);
    }());
}

TEST(Stream, ResetWhileReadingIsAnError) {
    aio::run([]() -> aio::Coro<> {
        aio::Event ready;
        auto handle = [&](StreamReader reader, StreamWriter writer) -> aio::Coro<> {
            static_cast<void>(co_await reader.read(1));
            const linger now{1, 0};
            const int fd = std::get<int>(writer.get_extra_info("fd"));
            EXPECT_EQ(::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
            writer.abort();
        };
        auto server = co_await aio::start_server(handle, "127.0.0.1", 0);
        auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
        auto waiting = aio::create_task(reader.read());
        co_await aio::yield();
        writer.write("x");
        co_await aio::wait(aio_test::list(waiting));
        EXPECT_THROW(waiting.result(), aio::ConnectionResetError);
        EXPECT_TRUE(writer.is_closing());
        EXPECT_EQ(co_await code_of([&, w = &writer] { return w->drain(); }), ECONNRESET);
        server.close();
    }());
}

TEST(Stream, FailsWhenTheKernelRefusesToWatchIt) {
    aio::run([]() -> aio::Coro<> {
        HalfOpen half;
        StreamReader reader = half.reader();
        StreamWriter writer(half.transport);
        auto reading = aio::create_task(reader.read());
        co_await aio::yield();
        // The number belongs to a socket that the loop does not watch.
        const HalfOpen other;
        ::dup2(other.raw.get(), half.transport->fd());
        writer.write(std::string(1 << 20, 'x'));
        EXPECT_TRUE(writer.is_closing());
        EXPECT_EQ(co_await code_of([&] { return std::move(reading); }), ENOENT);
        EXPECT_EQ(co_await code_of([&] { return reader.read(); }), ENOENT);
        EXPECT_EQ(co_await code_of([&] { return writer.drain(); }), ENOENT);
        EXPECT_EQ(co_await code_of([&] { return writer.wait_closed(); }), ENOENT);
    }());
}

TEST(Stream, PipesAreStreams) {
    aio::run([]() -> aio::Coro<> {
        using aio::detail::StreamEnd;
        using aio::detail::StreamTransport;
        Pipe pipe;
        auto& loop = aio::get_running_loop().core();
        auto in =
            StreamTransport::start(loop, aio::detail::OwnedFd(std::exchange(pipe.ends[0], -1)), StreamEnd::read, 100);
        auto out =
            StreamTransport::start(loop, aio::detail::OwnedFd(std::exchange(pipe.ends[1], -1)), StreamEnd::write, 100);
        StreamReader reader(in->reader());
        StreamWriter writer(out);
        writer.write("through the pipe");
        EXPECT_EQ(co_await reader.readexactly(16), "through the pipe");
        writer.write(std::string(1 << 20, 'x'));
        writer.write_eof();
        const std::string rest = co_await reader.read();
        EXPECT_EQ(rest.size(), std::size_t{1} << 20);
        co_await writer.wait_closed();
        co_await aio::yield();
        EXPECT_EQ(in->fd(), -1);
    }());
}

TEST(Stream, B36WritingToAPipeWithoutReaderIsAnErrorWithoutSignal) {
    aio::run([]() -> aio::Coro<> {
        Pipe pipe;
        auto out = aio::detail::StreamTransport::start(aio::get_running_loop().core(),
                                                       aio::detail::OwnedFd(std::exchange(pipe.ends[1], -1)),
                                                       aio::detail::StreamEnd::write, 100);
        StreamWriter writer(out);
        pipe.close_reader();
        writer.write("x");
        EXPECT_EQ(co_await code_of([&] { return writer.wait_closed(); }), EPIPE);
        EXPECT_EQ(co_await code_of([&] { return writer.drain(); }), ECONNRESET);
    }());
}

TEST(Stream, WriterLearnsThatThePipesReaderHasGone) {
    aio::run([]() -> aio::Coro<> {
        Pipe pipe;
        auto out = aio::detail::StreamTransport::start(aio::get_running_loop().core(),
                                                       aio::detail::OwnedFd(std::exchange(pipe.ends[1], -1)),
                                                       aio::detail::StreamEnd::write, 100);
        StreamWriter writer(out);
        pipe.close_reader();
        co_await writer.wait_closed();
        EXPECT_TRUE(writer.is_closing());
    }());
}

TEST(Stream, TransportRefusesFilesAndKeepsItsDescriptorToItself) {
    aio::run([]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        const auto start = [&](int fd) {
            return aio::detail::StreamTransport::start(loop.core(), aio::detail::OwnedFd(fd),
                                                       aio::detail::StreamEnd::both, 100);
        };
        EXPECT_THROW(start(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)), std::system_error);
        HalfOpen half;
        EXPECT_THROW(loop.add_reader(half.transport->fd(), [] {}), aio::RuntimeError);
        EXPECT_FALSE(loop.remove_reader(half.transport->fd()));
        half.transport->abort();
        co_return;
    }());
}

TEST(Stream, LoopClosesWhatIsStillOpen) {
    int fd = -1;
    aio::detail::OwnedFd raw;
    aio::Loop loop;
    loop.run_until_complete([](int& number, aio::detail::OwnedFd& other) -> aio::Coro<> {
        HalfOpen half;
        number = half.transport->fd();
        other = std::move(half.raw);
        co_return;
    }(fd, raw));
    EXPECT_EQ(::fcntl(fd, F_GETFD), FD_CLOEXEC);
    loop.close();
    EXPECT_EQ(::fcntl(fd, F_GETFD), -1);
}

}  // namespace
