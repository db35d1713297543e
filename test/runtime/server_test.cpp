// server_test.cpp - tests of servers and of connecting to them
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>

using aio_test::Reports;

namespace {

using aio::StreamReader;
using aio::StreamWriter;

aio::Coro<> echo(StreamReader reader, StreamWriter writer) {
    while (true) {
        const std::string line = co_await reader.readline();
        if (line.empty()) break;
        writer.write(line);
        co_await writer.drain();
    }
}

template <class F>
aio::Coro<int> code_of(F make) {
    try {
        static_cast<void>(co_await make());
    } catch (const std::system_error& error) {
        co_return error.code().value();
    }
    co_return 0;
}

int lowest_free_fd() {
    const int fd = ::dup(0);
    ::close(fd);
    return fd;
}

/// Takes all descriptors but a few while it lives.
class FewDescriptors {
public:
    explicit FewDescriptors(int left) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit low = before_;
        low.rlim_cur = static_cast<rlim_t>(lowest_free_fd() + left);
        ::setrlimit(RLIMIT_NOFILE, &low);
    }
    FewDescriptors(const FewDescriptors&) = delete;
    FewDescriptors& operator=(const FewDescriptors&) = delete;
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

TEST(Server, ServesUnixSocketsAndTellsWhereItIs) {
    aio::run([]() -> aio::Coro<> {
        const std::string path = "/tmp/aio-server-test-" + std::to_string(::getpid());
        auto server = co_await aio::start_unix_server(echo, path);
        EXPECT_EQ(server.sockets().at(0).getsockname().path(), path);
        EXPECT_EQ(server.port(), 0);
        {
            auto [reader, writer] = co_await aio::open_unix_connection(path);
            writer.write("hello\n");
            EXPECT_EQ(co_await reader.readline(), "hello\n");
            EXPECT_EQ(std::get<aio::Address>(writer.get_extra_info("peername")).path(), path);
            EXPECT_EQ(writer.get_extra_info("nonsense").index(), 0U);
        }
        server.close();
        EXPECT_TRUE(server.sockets().empty());
        // The path stays, as in asyncio, and the next server takes it over.
        auto next = co_await aio::start_unix_server(echo, path);
        next.close();
        ::unlink(path.c_str());
        EXPECT_THROW(co_await aio::start_unix_server(echo, std::string(200, 'x')), aio::ValueError);
    }());
}

TEST(Server, TellsTheAddressesOfAConnection) {
    aio::run([]() -> aio::Coro<> {
        auto server = co_await aio::start_server(echo, "127.0.0.1", 0);
        auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
        const auto peer = std::get<aio::Address>(writer.get_extra_info("peername"));
        EXPECT_EQ(peer.to_string(), "('127.0.0.1', " + std::to_string(server.port()) + ")");
        EXPECT_EQ(peer.family(), AF_INET);
        EXPECT_GE(std::get<int>(writer.get_extra_info("fd")), 0);
        writer.close();
        co_await writer.wait_closed();
        EXPECT_EQ(writer.get_extra_info("fd").index(), 0U);
        EXPECT_EQ(std::get<aio::Address>(writer.get_extra_info("peername")), peer);
        server.close();
    }());
}

TEST(Server, EmptyHostIsAllInterfaces) {
    aio::run([]() -> aio::Coro<> {
        auto server = co_await aio::start_server(echo, "", 0);
        EXPECT_NE(server.port(), 0);
        auto [reader, writer] = co_await aio::open_connection("localhost", server.port());
        writer.write("x\n");
        EXPECT_EQ(co_await reader.readline(), "x\n");
        server.close();
    }());
}

TEST(Server, HandlerThatThrowsIsReportedAndItsConnectionClosed) {
    aio::run([]() -> aio::Coro<> {
        Reports reports(aio::get_running_loop());
        auto handler = [](StreamReader, StreamWriter) -> aio::Coro<> {
            co_await aio::yield();
            throw aio::ValueError("bad client");
        };
        auto server = co_await aio::start_server(handler, "127.0.0.1", 0);
        auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
        EXPECT_EQ(co_await reader.read(), "");
        EXPECT_EQ(reports.messages, aio_test::list<std::string>("Unhandled exception in client_connected_cb"));
        EXPECT_EQ(reports.errors, aio_test::list<std::string>("aio::ValueError: bad client"));
        server.close();
        aio::get_running_loop().set_exception_handler({});
    }());
}

TEST(Server, HandlerMayReturnATaskWhichIsAwaited) {
    aio::run([]() -> aio::Coro<> {
        Reports reports(aio::get_running_loop());
        const auto serve = [](StreamWriter writer) -> aio::Coro<> {
            writer.write("bye");
            co_await writer.drain();
            throw aio::ValueError("in the task");
        };
        auto handler = [&](StreamReader, StreamWriter writer) { return aio::create_task(serve(std::move(writer))); };
        auto server = co_await aio::start_server(handler, "127.0.0.1", 0);
        auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
        EXPECT_EQ(co_await reader.read(), "bye");
        EXPECT_EQ(reports.messages, aio_test::list<std::string>("Unhandled exception in client_connected_cb"));
        EXPECT_EQ(reports.errors, aio_test::list<std::string>("aio::ValueError: in the task"));
        server.close();
        aio::get_running_loop().set_exception_handler({});
    }());
}

TEST(Server, HandlerMayBeAPlainFunction) {
    aio::run([]() -> aio::Coro<> {
        auto handler = [](StreamReader, StreamWriter writer) { writer.write("bye"); };
        auto server = co_await aio::start_server(handler, "127.0.0.1", 0);
        auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
        EXPECT_EQ(co_await reader.read(), "bye");
        server.close();
    }());
}

TEST(Server, ClosingLeavesConnectionsAlone) {
    aio::run([]() -> aio::Coro<> {
        auto server = co_await aio::start_server(echo, "127.0.0.1", 0);
        const auto port = server.port();
        auto waiter = aio::create_task(server.wait_closed());
        auto [reader, writer] = co_await aio::open_connection("127.0.0.1", port);
        writer.write("one\n");
        EXPECT_EQ(co_await reader.readline(), "one\n");
        EXPECT_TRUE(server.is_serving());
        server.close();
        server.close();
        EXPECT_FALSE(server.is_serving());
        EXPECT_EQ(co_await code_of([=] { return aio::open_connection("127.0.0.1", port); }), ECONNREFUSED);
        EXPECT_FALSE(waiter.done());
        writer.write("two\n");
        EXPECT_EQ(co_await reader.readline(), "two\n");
        writer.close();
        co_await waiter;
        co_await server.wait_closed();
    }());
}

TEST(Server, OutlivesItsHandlesAndItsHandlersOutliveIt) {
    aio::run([]() -> aio::Coro<> {
        std::uint16_t port = 0;
        {
            auto handler = [greeting = std::string(100, 'x')](StreamReader reader, StreamWriter writer) -> aio::Coro<> {
                static_cast<void>(co_await reader.readline());
                writer.write(greeting);
            };
            auto server = co_await aio::start_server(handler, "127.0.0.1", 0);
            port = server.port();
        }
        auto [reader, writer] = co_await aio::open_connection("127.0.0.1", port);
        writer.write("\n");
        EXPECT_EQ(co_await reader.read(), std::string(100, 'x'));
    }());
}

TEST(Server, ServeForeverEndsWhenCancelledOrClosed) {
    aio::run([]() -> aio::Coro<> {
        auto server = co_await aio::start_server(echo, "127.0.0.1", 0, aio::ServerOpts{.start_serving = false});
        EXPECT_FALSE(server.is_serving());
        EXPECT_EQ(co_await code_of([&] { return aio::open_connection("127.0.0.1", server.port()); }), ECONNREFUSED);
        auto task = aio::create_task(server.serve_forever());
        co_await aio::yield();
        EXPECT_TRUE(server.is_serving());
        EXPECT_THROW(co_await server.serve_forever(), aio::RuntimeError);
        task.cancel();
        co_await aio::wait(aio_test::list(task));
        EXPECT_TRUE(task.cancelled());
        EXPECT_FALSE(server.is_serving());
        EXPECT_THROW(co_await server.serve_forever(), aio::RuntimeError);

        auto other = co_await aio::start_server(echo, "127.0.0.1", 0);
        auto serving = aio::create_task(other.serve_forever());
        co_await aio::yield();
        other.close();
        co_await aio::wait(aio_test::list(serving));
        EXPECT_TRUE(serving.cancelled());
    }());
}

TEST(Server, PortInUseIsAnErrorThatNamesIt) {
    aio::run([]() -> aio::Coro<> {
        auto server = co_await aio::start_server(echo, "127.0.0.1", 0);
        const int before = lowest_free_fd();
        std::string text;
        try {
            co_await aio::start_server(echo, "127.0.0.1", server.port());
        } catch (const std::system_error& error) {
            EXPECT_EQ(error.code().value(), EADDRINUSE);
            text = error.what();
        }
        EXPECT_NE(text.find(std::to_string(server.port())), std::string::npos) << text;
        EXPECT_EQ(lowest_free_fd(), before);
        server.close();
    }());
}

TEST(Server, IsClosedWhenOneOfItsSocketsCannotListen) {
    const auto body = []() -> aio::Coro<> {
        // Bound in time, this socket takes the port of the second host.
        const int rival = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int on = 1;
        ::setsockopt(rival, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(rival, reinterpret_cast<sockaddr*>(&address), size), 0);
        ::getsockname(rival, reinterpret_cast<sockaddr*>(&address), &size);
        const auto hosts = aio_test::list<std::string>("127.0.0.1", "127.0.0.2");
        auto start = aio::start_server(echo, hosts, ntohs(address.sin_port), {.start_serving = false});
        const aio::Server server = co_await std::move(start);
        EXPECT_EQ(::listen(rival, 1), 0);
        const auto serve = [&]() -> aio::Coro<bool> {
            co_await server.start_serving();
            co_return true;
        };
        EXPECT_EQ(co_await code_of(serve), EADDRINUSE);
        EXPECT_FALSE(server.is_serving());
        EXPECT_TRUE(server.sockets().empty());
        ::close(rival);
    };
    aio::run(body());
}

TEST(Server, OutOfDescriptorsReportsOnceAndGoesOnLater) {
    aio::TestClock clock;
    aio::run(
        [](aio::TestClock& time) -> aio::Coro<> {
            Reports reports(aio::get_running_loop());
            auto server = co_await aio::start_server(echo, "127.0.0.1", 0);
            auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
            writer.write("first\n");
            EXPECT_EQ(co_await reader.readline(), "first\n");
            aio::detail::OwnedFd late(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            const auto address = server.sockets().at(0).getsockname();
            {
                const FewDescriptors limit(0);
                EXPECT_EQ(::connect(late.get(), address.data(), address.size()), 0);
                for (int i = 0; i < 50; ++i) co_await aio::yield();
            }
            EXPECT_EQ(reports.messages, aio_test::list<std::string>("socket.accept() out of system resource"));
            EXPECT_EQ(::write(late.get(), "late\n", 5), 5);
            time.advance(aio::Seconds(1));
            std::string answer(5, ' ');
            const timeval patience{10, 0};
            EXPECT_EQ(::setsockopt(late.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
            ssize_t got = -1;
            for (int i = 0; i < 1000 && got < 0; ++i) {
                co_await aio::yield();
                got = ::recv(late.get(), answer.data(), answer.size(), MSG_DONTWAIT);
            }
            EXPECT_EQ(answer, "late\n");
            server.close();
            aio::get_running_loop().set_exception_handler({});
        }(clock),
        {.clock = &clock});
}

TEST(Connection, OutOfDescriptorsIsAnErrorAndLeaksNone) {
    aio::run([]() -> aio::Coro<> {
        auto server = co_await aio::start_server(echo, "127.0.0.1", 0);
        const int before = lowest_free_fd();
        {
            const FewDescriptors limit(0);
            const auto port = server.port();
            EXPECT_EQ(co_await code_of([=] { return aio::open_connection("127.0.0.1", port); }), EMFILE);
            EXPECT_EQ(co_await code_of([] { return aio::start_server(echo, "127.0.0.1", 0); }), EMFILE);
        }
        EXPECT_EQ(lowest_free_fd(), before);
        server.close();
    }());
}

TEST(Connection, CancelledWhileConnectingClosesTheSocket) {
    aio::run([]() -> aio::Coro<> {
        // The queue of a socket that nobody accepts from is soon full.
        aio::detail::OwnedFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any), 0);
        EXPECT_EQ(::listen(listener.get(), 0), 0);
        const auto port = aio::Address::of_socket(listener.get()).port();
        const int before = lowest_free_fd();
        std::vector<aio::Task<aio::Connection>> tasks;
        for (int i = 0; i < 10; ++i) tasks.push_back(aio::create_task(aio::open_connection("127.0.0.1", port)));
        for (int i = 0; i < 20; ++i) co_await aio::yield();
        EXPECT_FALSE(std::all_of(tasks.begin(), tasks.end(), [](const auto& task) { return task.done(); }));
        for (const auto& task : tasks) task.cancel();
        co_await aio::wait(tasks);
        tasks.clear();
        for (int i = 0; i < 5; ++i) co_await aio::yield();
        EXPECT_EQ(lowest_free_fd(), before);
    }());
}

TEST(Connection, TriesAllAddressesAndCombinesTheErrors) {
    aio::run([]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        const auto infos = co_await loop.getaddrinfo("127.0.0.1", 80, aio::AddrInfoOpts{.type = SOCK_STREAM});
        EXPECT_EQ(infos.size(), 1U);
        EXPECT_EQ(infos.at(0).address.to_string(), "('127.0.0.1', 80)");
        const auto [host, service] = co_await loop.getnameinfo(infos.at(0).address, 3);
        EXPECT_EQ(host + ":" + service, "127.0.0.1:80");
        bool refused = false;
        try {
            co_await aio::open_connection("", 1);
        } catch (const std::system_error& error) {
            refused = error.code() == std::errc::connection_refused;
        }
        EXPECT_TRUE(refused);
        std::string category;
        try {
            co_await aio::open_connection("no such host.invalid", 1);
        } catch (const std::system_error& error) {
            category = error.code().category().name();
        }
        EXPECT_EQ(category, "resolver");
    }());
}

}  // namespace
