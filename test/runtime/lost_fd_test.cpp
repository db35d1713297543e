// lost_fd_test.cpp - descriptors that were closed while a loop watched them
#include "pipe.h"
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>

namespace {

using aio::StreamReader;
using aio::StreamWriter;
using aio::detail::OwnedFd;
using aio::detail::StreamEnd;
using aio::detail::StreamTransport;
using aio_test::Pipe;
using aio_test::Probe;

auto stream_of(int fd) {
    return StreamTransport::start(aio::get_running_loop().core(), OwnedFd(fd), StreamEnd::both, 100);
}

/// Connected sockets, of which the first gets the number \p wanted.
struct Pair {
    explicit Pair(int wanted) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
        far = OwnedFd(ends[1]);
        near = ends[0];
        EXPECT_EQ(near, wanted);
    }
    OwnedFd far;
    int near = -1;
};

/// The number that the next descriptor will get.
int next_fd() {
    const int fd = ::dup(0);
    ::close(fd);
    return fd;
}

TEST(LostDescriptor, OfAForgottenReaderCanBecomeAStream) {
    int destroyed = 0;
    bool ran = false;
    const auto body = [&]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        const int number = next_fd();
        {
            const Pair forgotten(number);
            loop.add_reader(number, [&ran, probe = Probe(&destroyed)] { ran = true; });
            loop.add_writer(number, [&ran, probe = Probe(&destroyed)] { ran = true; });
            ::close(number);
        }
        const Pair pair(number);
        const StreamWriter writer(stream_of(number));
        EXPECT_EQ(destroyed, 2);
        EXPECT_FALSE(loop.remove_reader(number));
        EXPECT_EQ(::write(pair.far.get(), "new", 3), 3);
        const StreamReader reader(writer.transport()->reader());
        EXPECT_EQ(co_await reader.readexactly(3), "new");
        EXPECT_FALSE(ran);
        EXPECT_THROW(loop.add_reader(number, [] {}), aio::RuntimeError) << "a stream has it";
        writer.close();
    };
    aio::run(body());
}

TEST(LostDescriptor, OfAForgottenReaderCanBeTakenByAServersNextConnection) {
    const auto body = []() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        const auto greet = [](StreamReader, StreamWriter writer) { writer.write("hello"); };
        auto server = co_await aio::start_server(greet, "127.0.0.1", 0);
        const OwnedFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const auto address = server.sockets().at(0).getsockname();
        EXPECT_EQ(::connect(client.get(), address.data(), address.size()), 0);
        {
            const Pipe pipe;
            loop.add_reader(pipe.reader(), [] {});
        }
        std::string text(5, ' ');
        ssize_t got = -1;
        for (int i = 0; i < 1000 && got < 0; ++i) {
            co_await aio::yield();
            got = ::recv(client.get(), text.data(), text.size(), MSG_DONTWAIT);
        }
        EXPECT_EQ(text, "hello");
        server.close();
    };
    aio::run(body());
}

TEST(LostDescriptor, OfAStreamEndsThatStreamAndNotItsSuccessor) {
    const auto body = []() -> aio::Coro<> {
        const int number = next_fd();
        const Pair lost(number);
        const StreamWriter old(stream_of(number));
        const StreamReader old_reader(old.transport()->reader());
        ::close(number);
        const Pair pair(number);
        const StreamWriter writer(stream_of(number));
        int error = 0;
        try {
            co_await old_reader.read();
        } catch (const std::system_error& failure) {
            error = failure.code().value();
        }
        EXPECT_EQ(error, EBADF);
        EXPECT_TRUE(old.is_closing());
        EXPECT_NE(::fcntl(number, F_GETFD), -1) << "it is another's descriptor by now";
        EXPECT_EQ(::write(pair.far.get(), "new", 3), 3);
        const StreamReader reader(writer.transport()->reader());
        EXPECT_EQ(co_await reader.readexactly(3), "new");
        writer.close();
    };
    aio::run(body());
}

TEST(LostDescriptor, OfAServerIsNotClosedOnceItIsAnothers) {
    const auto body = []() -> aio::Coro<> {
        auto server = co_await aio::start_server([](StreamReader, StreamWriter) {}, "127.0.0.1", 0);
        const int number = server.sockets().at(0).fileno();
        ::close(number);
        const Pair pair(number);
        aio::get_running_loop().add_reader(number, [] {});
        server.close();
        EXPECT_NE(::fcntl(number, F_GETFD), -1);
        EXPECT_TRUE(aio::get_running_loop().remove_reader(number));
        ::close(number);
    };
    aio::run(body());
}

TEST(LostDescriptor, MayComeBackFromADuplicate) {
    aio::Loop loop;
    const Pipe pipe;
    const int number = ::dup(pipe.reader());
    std::string seen;
    loop.add_reader(number, [&] { seen += "old"; });
    ::close(number);
    // The kernel keeps the registration, because the pipe is open, but does not
    // find it any more by this number.
    EXPECT_TRUE(loop.remove_reader(number));
    ASSERT_EQ(::dup2(pipe.reader(), number), number);
    loop.add_reader(number, [&] { seen += "new" + pipe.take(); });
    pipe.put("!");
    loop.run_once();
    EXPECT_EQ(seen, "new!");
    EXPECT_TRUE(loop.remove_reader(number));
    ::close(number);
}

}  // namespace
