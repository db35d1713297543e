// server_accept_test.cpp - servers that accept many clients, or cannot
#include "pipe.h"
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <functional>
#include <memory>
#include <optional>

namespace {

using aio::StreamReader;
using aio::StreamWriter;
using aio::detail::OwnedFd;
using aio_test::Pipe;
using aio_test::Probe;

const std::string out_of_resource = "socket.accept() out of system resource";

aio::Coro<> greet(StreamReader, StreamWriter writer) {
    writer.write("hello");
    co_return;
}

int lowest_free_fd() {
    const int fd = ::dup(0);
    ::close(fd);
    return fd;
}

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

/// Lets nobody have a new descriptor while it lives.
class NoDescriptors {
public:
    NoDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit low{static_cast<rlim_t>(lowest_free_fd()), before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &low);
    }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

/// A client that a server has not accepted yet.
struct Client {
    explicit Client(const aio::Server& server) : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const auto address = server.sockets().at(0).getsockname();
        EXPECT_EQ(::connect(fd.get(), address.data(), address.size()), 0);
    }
    /// What has come, or nothing.
    [[nodiscard]] std::string take() const {
        std::string text(100, ' ');
        const ssize_t got = ::recv(fd.get(), text.data(), text.size(), MSG_DONTWAIT);
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return text;
    }
    OwnedFd fd;
};

/// A loop with a server, a client that waits, and no descriptor to accept it with.
class Accept : public testing::Test {
protected:
    Accept() {
        loop.set_exception_handler([this](aio::Loop&, const aio::ExceptionContext& c) { note(c); });
    }

    template <class Handler>
    void start(Handler handler) {
        server = loop.run_until_complete(aio::start_server(std::move(handler), "127.0.0.1", 0));
        client.emplace(*server);
    }
    void run_without_descriptors() {
        const NoDescriptors none;
        for (int i = 0; i < 5; ++i) loop.run_once();
    }
    /// Runs the loop until the client has heard something.
    [[nodiscard]] std::string answer() {
        std::string text;
        for (int i = 0; i < 1000 && text.empty(); ++i) {
            loop.run_once();
            text = client->take();
        }
        return text;
    }

    virtual void note(const aio::ExceptionContext& context) {
        messages.push_back(context.message);
        if (react) react();
    }

    aio::TestClock clock;
    aio::Loop loop{{.clock = &clock}};
    std::optional<aio::Server> server;
    std::optional<Client> client;
    std::vector<std::string> messages;
    std::function<void()> react;
};

TEST_F(Accept, IsTriedAgainAfterASecondAndReportsEveryFailure) {
    start(greet);
    run_without_descriptors();
    EXPECT_EQ(messages, std::vector<std::string>{out_of_resource});
    clock.advance(aio::Seconds(0.9));
    run_without_descriptors();
    EXPECT_EQ(messages.size(), 1U);
    clock.advance(aio::Seconds(0.1));
    run_without_descriptors();
    EXPECT_EQ(messages, (std::vector<std::string>{out_of_resource, out_of_resource}));
    EXPECT_TRUE(server->is_serving());
    clock.advance(aio::Seconds(1));
    EXPECT_EQ(answer(), "hello");
    EXPECT_EQ(messages.size(), 2U);
    server->close();
}

TEST_F(Accept, ExitRequestOfTheExceptionHandlerLeavesTheLoop) {
    start(greet);
    react = [] { throw aio::SystemExit(3); };
    EXPECT_THROW(run_without_descriptors(), aio::SystemExit);
    EXPECT_EQ(messages.size(), 1U);
    react = [] { throw aio::KeyboardInterrupt(); };
    clock.advance(aio::Seconds(1));
    EXPECT_THROW(run_without_descriptors(), aio::KeyboardInterrupt);
    react = nullptr;
    clock.advance(aio::Seconds(1));
    EXPECT_EQ(answer(), "hello") << "the server goes on when the loop runs again";
    server->close();
}

TEST_F(Accept, ExceptionHandlerMayCloseAndDropTheServer) {
    start(greet);
    react = [this] {
        server->close();
        server.reset();
    };
    run_without_descriptors();
    clock.advance(aio::Seconds(2));
    for (int i = 0; i < 5; ++i) loop.run_once();
    EXPECT_EQ(messages.size(), 1U);
    EXPECT_EQ(client->take(), "");
}

TEST_F(Accept, IsNotTriedAgainByAServerThatIsClosed) {
    int destroyed = 0;
    start([probe = std::make_shared<Probe>(&destroyed)](StreamReader, StreamWriter) {});
    const int fd = server->sockets().at(0).fileno();
    run_without_descriptors();
    server->close();
    EXPECT_FALSE(is_open(fd));
    server.reset();
    EXPECT_EQ(destroyed, 1) << "the retry keeps it";
    clock.advance(aio::Seconds(2));
    for (int i = 0; i < 5; ++i) loop.run_once();
    EXPECT_EQ(messages.size(), 1U);
}

TEST_F(Accept, IsNotTriedAgainAfterTheLoopIsClosed) {
    int destroyed = 0;
    start([probe = std::make_shared<Probe>(&destroyed)](StreamReader, StreamWriter) {});
    const int fd = server->sockets().at(0).fileno();
    server.reset();
    run_without_descriptors();
    EXPECT_TRUE(is_open(fd)) << "a server without handles goes on serving";
    loop.close();
    EXPECT_FALSE(is_open(fd));
    EXPECT_EQ(destroyed, 1);
}

TEST_F(Accept, ServerWithoutHandlesGoesOnAfterAPause) {
    start(greet);
    server.reset();
    run_without_descriptors();
    clock.advance(aio::Seconds(1));
    EXPECT_EQ(answer(), "hello");
}

TEST(Server, StartThatIsCancelledLeavesNoSocket) {
    const auto body = []() -> aio::Coro<> {
        const std::string path = "/tmp/aio-cancelled-start-" + std::to_string(::getpid());
        const int before = lowest_free_fd();
        auto start = aio::create_task(aio::start_unix_server(greet, path));
        co_await aio::yield();
        EXPECT_TRUE(is_open(before)) << "it listens already";
        start.cancel();
        co_await aio::wait(aio_test::list(start));
        EXPECT_TRUE(start.cancelled());
        EXPECT_EQ(lowest_free_fd(), before);
        ::unlink(path.c_str());
    };
    aio::run(body());
}

/// Opens \p count connections to \p path, then talks over each; how many answer.
int clients_served(int count, const std::string& path) {
    const aio::Address address = aio::Address::unix_path(path);
    std::vector<aio::detail::OwnedFd> clients;
    for (int i = 0; i < count; ++i) {
        clients.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(clients.back().get(), address.data(), address.size()) != 0) return -1;
    }
    int answers = 0;
    for (const auto& client : clients) answers += ::write(client.get(), "x\n", 2) == 2 ? 1 : -count;
    char answer[2];
    for (const auto& client : clients) answers -= ::read(client.get(), answer, 2) == 2 ? 0 : 1;
    return answers;
}

TEST(Server, HoldsTenThousandConnections) {
    constexpr int count = 10'000;
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit limit = before;
    limit.rlim_cur = std::max<rlim_t>(before.rlim_cur, count + 200);
    if (limit.rlim_cur > before.rlim_max || ::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        GTEST_SKIP() << "a process may have no more than " << before.rlim_max << " descriptors here";
    const std::string path = "/tmp/aio-thousands-" + std::to_string(::getpid());
    Pipe start;
    Pipe end;
    // The clients are another process, or twice as many descriptors were needed.
    const pid_t child = ::fork();
    if (child == 0) {
        end.close_reader();
        char go = 0;
        ::fcntl(start.reader(), F_SETFL, 0);
        const bool told = ::read(start.reader(), &go, 1) == 1;
        ::_exit(told && clients_served(count, path) == count ? 0 : 1);
    }
    end.close_writer();
    int open = 0;
    int most = 0;
    aio::run([&]() -> aio::Coro<> {
        const auto handle = [&](StreamReader reader, StreamWriter writer) -> aio::Coro<> {
            most = std::max(most, ++open);
            writer.write(co_await reader.readline());
            static_cast<void>(co_await reader.read());
            --open;
        };
        auto server = co_await aio::start_unix_server(handle, path);
        auto ended = aio::get_running_loop().create_future();
        aio::get_running_loop().add_reader(end.reader(), [&] { ended.set_result(); });
        start.put("x");
        co_await ended;
        aio::get_running_loop().remove_reader(end.reader());
        server.close();
    }());
    EXPECT_EQ(most, count);
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    ::unlink(path.c_str());
    ::setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
