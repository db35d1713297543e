// faulty_io_test.cpp - short, interrupted and refused system calls
#include "pipe.h"
#include "process_jobs.h"
#include "time_limit.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <csignal>

namespace {

using namespace aio_test;
using namespace aio::subprocess;

std::atomic<bool> faulty = false;
std::atomic<int> faults = 0;

/// A signal that comes just before the next look at the descriptors, or zero.
std::atomic<int> late_signal = 0;

/// One number in [0, below), the same ones in each run; a linear congruence is
/// random enough.
std::size_t random_below(std::size_t below) noexcept {
    thread_local std::uint64_t state = 88172645463325252ULL;
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33U) % below;
}

bool refuses(int error) noexcept {
    ++faults;
    errno = error;
    return true;
}

/// Sometimes true, and then sets errno to what the system may answer: that a
/// signal came, or that nothing is ready where nobody wants to wait.
bool fails(int fd) noexcept {
    if (!faulty) return false;
    const std::size_t dice = random_below(8);
    if (dice == 0) return refuses(EINTR);
    return dice == 1 && (::fcntl(fd, F_GETFL) & O_NONBLOCK) != 0 && refuses(EAGAIN);
}

/// Sockets and pipes: nothing else is ever interrupted.
bool is_stream(int fd) noexcept {
    struct stat about{};
    return ::fstat(fd, &about) == 0 && (S_ISSOCK(about.st_mode) || S_ISFIFO(about.st_mode));
}

/// At most \p size, and at least one where there is one.
std::size_t shortened(std::size_t size) noexcept {
    if (!faulty || size < 2 || random_below(3) != 0) return size;
    ++faults;
    return 1 + random_below(size);
}

}  // namespace

// The linker gives the calls of this program to __wrap_X, and X to __real_X.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {

ssize_t __real_recv(int fd, void* to, std::size_t size, int flags);
ssize_t __wrap_recv(int fd, void* to, std::size_t size, int flags) {
    return fails(fd) ? -1 : __real_recv(fd, to, shortened(size), flags);
}

ssize_t __real_send(int fd, const void* from, std::size_t size, int flags);
ssize_t __wrap_send(int fd, const void* from, std::size_t size, int flags) {
    return fails(fd) ? -1 : __real_send(fd, from, shortened(size), flags);
}

ssize_t __real_read(int fd, void* to, std::size_t size);
ssize_t __wrap_read(int fd, void* to, std::size_t size) {
    if (!faulty || !is_stream(fd)) return __real_read(fd, to, size);
    return fails(fd) ? -1 : __real_read(fd, to, shortened(size));
}

ssize_t __real_write(int fd, const void* from, std::size_t size);
ssize_t __wrap_write(int fd, const void* from, std::size_t size) {
    if (!faulty || !is_stream(fd)) return __real_write(fd, from, size);
    return fails(fd) ? -1 : __real_write(fd, from, shortened(size));
}

int __real_accept4(int fd, sockaddr* address, socklen_t* size, int flags);
int __wrap_accept4(int fd, sockaddr* address, socklen_t* size, int flags) {
    return fails(fd) ? -1 : __real_accept4(fd, address, size, flags);
}

int __real_connect(int fd, const sockaddr* address, socklen_t size);
int __wrap_connect(int fd, const sockaddr* address, socklen_t size) {
    const int result = __real_connect(fd, address, size);
    // A signal does not stop what has begun.
    if (result < 0 && errno == EINPROGRESS && faulty && random_below(2) == 0) refuses(EINTR);
    return result;
}

int __real_epoll_wait(int fd, epoll_event* events, int room, int timeout);
int __wrap_epoll_wait(int fd, epoll_event* events, int room, int timeout) {
    if (const int sig = late_signal.exchange(0)) ::raise(sig);
    if (faulty && random_below(8) == 0 && refuses(EINTR)) return -1;
    return __real_epoll_wait(fd, events, room, timeout);
}

int __real_poll(pollfd* watched, nfds_t count, int timeout);
int __wrap_poll(pollfd* watched, nfds_t count, int timeout) {
    if (faulty && random_below(8) == 0 && refuses(EINTR)) return -1;
    return __real_poll(watched, count, timeout);
}

pid_t __real_waitpid(pid_t pid, int* status, int options);
pid_t __wrap_waitpid(pid_t pid, int* status, int options) {
    // With WNOHANG there is nothing to interrupt.
    if (faulty && options == 0 && random_below(2) == 0 && refuses(EINTR)) return -1;
    return __real_waitpid(pid, status, options);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier)

namespace {

/// Calls fail while it lives, and some must have done so.
class Faults {
public:
    Faults() {
        faults = 0;
        faulty = true;
    }
    Faults(const Faults&) = delete;
    Faults& operator=(const Faults&) = delete;
    ~Faults() {
        faulty = false;
        EXPECT_GT(faults, 0);
    }
};

std::string some_bytes(std::size_t size) {
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; i += 997) bytes[i] = static_cast<char>('a' + i % 26);
    return bytes;
}

aio::Coro<> send_back(aio::StreamReader reader, aio::StreamWriter writer) {
    while (true) {
        const std::string bytes = co_await reader.read(64 * 1024);
        if (bytes.empty()) break;
        writer.write(bytes);
        co_await writer.drain();
    }
    writer.close();
    co_await writer.wait_closed();
}

aio::Coro<std::string> echoed(std::uint16_t port, std::string bytes) {
    auto [reader, writer] = co_await aio::open_connection("127.0.0.1", port);
    const auto feed = [](aio::StreamWriter to, std::string all) -> aio::Coro<> {
        to.write(all);
        co_await to.drain();
        to.write_eof();
    };
    const auto feeding = aio::create_task(feed(writer, std::move(bytes)));
    std::string answer = co_await reader.read();
    co_await feeding;
    writer.close();
    co_await writer.wait_closed();
    co_return answer;
}

TEST(Signal, ThatComesWhileABusyLoopLooksAtItsDescriptorsIsToldToItsHost) {
    aio::Loop loop;
    const Pipe pipe;
    int seen = 0;
    loop.add_reader(pipe.reader(), [] {});
    loop.add_signal_handler(SIGUSR1, [&] { ++seen; });
    loop.call_soon([] {});
    late_signal = SIGUSR1;
    loop.run_once();
    EXPECT_EQ(late_signal, 0);
    EXPECT_EQ(seen, 0);
    pollfd host{.fd = loop.fileno(), .events = POLLIN, .revents = 0};
    EXPECT_EQ(::poll(&host, 1, 0), 1);
    EXPECT_EQ(loop.wait_hint(), aio::Seconds(0));
    for (int i = 0; i < 3; ++i) loop.run_once();
    EXPECT_EQ(seen, 1);
    EXPECT_EQ(::poll(&host, 1, 0), 0) << "the host would spin";
    EXPECT_FALSE(loop.wait_hint().has_value());
}

TEST(FaultyIo, ShortInterruptedAndRefusedCallsLoseNothingOfAStream) {
    const Faults faults;
    const auto body = []() -> aio::Coro<> {
        auto server = co_await aio::start_server(send_back, "127.0.0.1", 0);
        std::vector<aio::Task<std::string>> clients;
        for (std::size_t i = 0; i < 5; ++i)
            clients.push_back(aio::create_task(echoed(server.port(), some_bytes(100'000 * i))));
        const auto answers = co_await aio::gather(clients);
        for (std::size_t i = 0; i < 5; ++i) EXPECT_TRUE(answers.at(i) == some_bytes(100'000 * i)) << i;
        server.close();
        co_await server.wait_closed();
    };
    aio::run(body());
}

TEST(FaultyIo, ShortInterruptedAndRefusedCallsLoseNothingOfAChildsPipes) {
    const Faults faults;
    const auto body = []() -> aio::Coro<> {
        const std::string input = some_bytes(1'000'000);
        const Process process =
            co_await shell("tee /dev/stderr; exit 3", {.stdin = PIPE, .stdout = PIPE, .stderr = PIPE});
        const auto [out, err] = co_await process.communicate(input);
        EXPECT_TRUE(out == input);
        EXPECT_TRUE(err == input);
        EXPECT_EQ(process.returncode(), 3);
        const Process endless = co_await exec("sleep", "1000");
        co_await expect_outlived(endless, endless.wait());
    };
    aio::run(body());
}

TEST(FaultyIo, ShortInterruptedAndRefusedCallsLoseNoJobOfAProcessPool) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        Pool pool(2);
        std::vector<aio::Future<std::string>> futures;
        for (std::size_t i = 0; i < 10; ++i)
            futures.push_back(loop.run_in_executor(&pool, echo, some_bytes(50'000 * i)));
        const auto answers = co_await aio::gather(futures);
        for (std::size_t i = 0; i < 10; ++i) EXPECT_TRUE(answers.at(i) == some_bytes(50'000 * i)) << i;
    };
    {
        const Faults faults;
        aio::run(body());  // forked workers have the faults as well
    }
    const Busy busy;
    const Faults faults;
    aio::run(body());
}

}  // namespace
