// asio_peer.cpp - the benchmark's work, done with Boost.Asio
#include "measure.h"

#include <boost/asio.hpp>

#include <string>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::detached;
using asio::use_awaitable;
using bench::Measurement;

awaitable<int> inline_child(int i) { co_return i & 1; }

[[gnu::noinline]] awaitable<int> far_child(int i) { co_return i & 1; }

awaitable<int> (*volatile opaque_child)(int) = far_child;

awaitable<void> await_inline(long count, std::uint64_t& sum) {
    for (long i = 0; i < count; ++i) sum += static_cast<unsigned>(co_await inline_child(static_cast<int>(i)));
}

awaitable<void> await_far(long count, std::uint64_t& sum) {
    for (long i = 0; i < count; ++i) sum += static_cast<unsigned>(co_await opaque_child(static_cast<int>(i)));
}

awaitable<std::uint64_t> fib(int n) {
    if (n < 2) co_return static_cast<std::uint64_t>(n);
    const std::uint64_t a = co_await fib(n - 1);
    const std::uint64_t b = co_await fib(n - 2);
    co_return a + b;
}

awaitable<void> whole_fib(int n, std::uint64_t& sum) { sum = co_await fib(n); }

awaitable<int> job(int i) { co_return i & 1; }

awaitable<void> yielding(long count, std::uint64_t& sum) {
    const auto executor = co_await asio::this_coro::executor;
    for (long i = 0; i < count; ++i) {
        co_await asio::post(executor, use_awaitable);
        ++sum;
    }
}

awaitable<void> sleeper(long microseconds, std::uint64_t& sum) {
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::microseconds(microseconds));
    co_await timer.async_wait(use_awaitable);
    sum += static_cast<std::uint64_t>(microseconds);
}

struct Chain {
    asio::io_context& loop;
    long& left;
    std::uint64_t& sum;

    void operator()() const {
        ++sum;
        if (left > 0) {
            --left;
            asio::post(loop, *this);
        }
    }
};

void post_chains(asio::io_context& loop, long count, long outstanding, std::uint64_t& sum) {
    long left = count - outstanding;
    for (long i = 0; i < outstanding; ++i) asio::post(loop, Chain{loop, left, sum});
    loop.run();
}

void post_from_thread(asio::io_context& loop, long count, std::uint64_t& sum) {
    auto work = asio::make_work_guard(loop);
    const auto last = static_cast<std::uint64_t>(count);
    std::thread poster([&] {
        for (long i = 0; i < count; ++i) {
            asio::post(loop, [&loop, &sum, last] {
                if (++sum == last) loop.stop();
            });
        }
    });
    loop.run();
    poster.join();
}

struct Bounce {
    asio::io_context& here;
    asio::io_context& there;
    long& left;
    std::uint64_t& sum;

    void send() {
        asio::post(there, [this] { asio::post(here, [this] { receive(); }); });
    }
    void receive() {
        ++sum;
        if (--left > 0) return send();
        there.stop();
        here.stop();
    }
};

void bounce_between_threads(asio::io_context& here, long count, std::uint64_t& sum) {
    asio::io_context there(1);
    auto work_here = asio::make_work_guard(here);
    auto work_there = asio::make_work_guard(there);
    long left = count;
    Bounce bounce{here, there, left, sum};
    std::thread other([&] { there.run(); });
    bounce.send();
    here.run();
    other.join();
}

/// What the echo servers share.
struct EchoScore {
    asio::io_context& loop;
    std::uint64_t wanted;
    std::uint64_t& sum;
};

awaitable<void> serve(asio::ip::tcp::socket socket, EchoScore score) {
    try {
        char data[4096];
        while (true) {
            const std::size_t got = co_await socket.async_read_some(asio::buffer(data), use_awaitable);
            co_await asio::async_write(socket, asio::buffer(data, got), use_awaitable);
            score.sum += got;
            if (score.sum == score.wanted) score.loop.stop();
        }
    } catch (const std::exception&) {
        // The client has closed the connection.
    }
}

awaitable<void> listen(EchoScore score) {
    asio::ip::tcp::acceptor acceptor(score.loop, {asio::ip::address_v4::loopback(), 0});
    bench::announce(acceptor.local_endpoint().port());
    while (true) {
        asio::ip::tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
        socket.set_option(asio::ip::tcp::no_delay(true));
        asio::co_spawn(score.loop, serve(std::move(socket), score), detached);
    }
}

std::uint64_t measured(const std::string& work, long count) {
    // The hint lets it leave out what only several threads need.
    asio::io_context loop(1);
    std::uint64_t sum = 0;
    if (work == "await") {
        asio::co_spawn(loop, await_inline(count, sum), detached);
    } else if (work == "await_far") {
        asio::co_spawn(loop, await_far(count, sum), detached);
    } else if (work == "fib") {
        asio::co_spawn(loop, whole_fib(static_cast<int>(count), sum), detached);
    } else if (work == "spawn") {
        for (long i = 0; i < count; ++i) {
            asio::co_spawn(loop, job(static_cast<int>(i)),
                           [&sum](std::exception_ptr, int value) { sum += static_cast<unsigned>(value); });
        }
    } else if (work == "yield") {
        for (long i = 0; i < 1000; ++i) asio::co_spawn(loop, yielding(count / 1000, sum), detached);
    } else if (work == "timers") {
        bench::Random random;
        for (long i = 0; i < count; ++i) asio::co_spawn(loop, sleeper(random.microseconds(), sum), detached);
    } else if (work == "post") {
        post_chains(loop, count, 1000, sum);
    } else if (work == "post_bulk") {
        post_chains(loop, count, count, sum);
    } else if (work == "threadsafe") {
        post_from_thread(loop, count, sum);
    } else if (work == "round_trip") {
        bounce_between_threads(loop, count, sum);
    } else if (work == "echo") {
        asio::co_spawn(loop, listen({loop, static_cast<std::uint64_t>(count) * 64, sum}), detached);
    } else {
        std::exit(64);
    }
    loop.run();
    return sum;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 64;
    const long count = std::strtol(argv[2], nullptr, 10);
    const Measurement measurement;
    const std::uint64_t checksum = measured(argv[1], count);
    measurement.report(argv[1], count, checksum);
}
