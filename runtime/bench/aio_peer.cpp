// aio_peer.cpp - the benchmark's work, done with aio
#include "measure.h"

#include <aio/aio.h>

#include <string>
#include <thread>
#include <vector>

namespace {

using bench::Measurement;

aio::Coro<int> inline_child(int i) { co_return i & 1; }

/// The attribute keeps the compiler from seeing that the child ends at once.
[[gnu::noinline]] aio::Coro<int> far_child(int i) { co_return i & 1; }

aio::Coro<int> (*volatile opaque_child)(int) = far_child;

aio::Coro<std::uint64_t> await_inline(long count) {
    std::uint64_t sum = 0;
    for (long i = 0; i < count; ++i) sum += static_cast<unsigned>(co_await inline_child(static_cast<int>(i)));
    co_return sum;
}

aio::Coro<std::uint64_t> await_far(long count) {
    std::uint64_t sum = 0;
    for (long i = 0; i < count; ++i) sum += static_cast<unsigned>(co_await opaque_child(static_cast<int>(i)));
    co_return sum;
}

aio::Coro<std::uint64_t> fib(int n) {
    if (n < 2) co_return static_cast<std::uint64_t>(n);
    const std::uint64_t a = co_await fib(n - 1);
    const std::uint64_t b = co_await fib(n - 2);
    co_return a + b;
}

aio::Coro<int> job(int i) { co_return i & 1; }

aio::Coro<std::uint64_t> spawn_and_join(long count) {
    std::vector<aio::Task<int>> tasks;
    tasks.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i) tasks.push_back(aio::create_task(job(static_cast<int>(i))));
    std::uint64_t sum = 0;
    for (const aio::Task<int>& task : tasks) sum += static_cast<unsigned>(co_await task);
    co_return sum;
}

aio::Coro<> yielding(long count, std::uint64_t& sum) {
    for (long i = 0; i < count; ++i) {
        co_await aio::yield();
        ++sum;
    }
}

aio::Coro<std::uint64_t> yield_in_turn(long tasks, long count) {
    std::uint64_t sum = 0;
    std::vector<aio::Task<>> running;
    running.reserve(static_cast<std::size_t>(tasks));
    for (long i = 0; i < tasks; ++i) running.push_back(aio::create_task(yielding(count, sum)));
    for (const aio::Task<>& task : running) co_await task;
    co_return sum;
}

aio::Coro<> sleeper(long microseconds, std::uint64_t& sum) {
    co_await aio::sleep(std::chrono::microseconds(microseconds));
    sum += static_cast<std::uint64_t>(microseconds);
}

aio::Coro<std::uint64_t> sleep_at_once(long count) {
    std::uint64_t sum = 0;
    bench::Random random;
    std::vector<aio::Task<>> running;
    running.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i) running.push_back(aio::create_task(sleeper(random.microseconds(), sum)));
    for (const aio::Task<>& task : running) co_await task;
    co_return sum;
}

/// Posts itself until the count is used up.
struct Chain {
    aio::Loop& loop;
    long& left;
    std::uint64_t& sum;

    void operator()() const {
        ++sum;
        if (left > 0) {
            --left;
            loop.call_soon(*this);
        } else if (sum == expected()) {
            loop.stop();
        }
    }
    static std::uint64_t& expected() {
        static std::uint64_t value = 0;
        return value;
    }
};

std::uint64_t post_chains(long count, long outstanding) {
    aio::Loop loop;
    std::uint64_t sum = 0;
    Chain::expected() = static_cast<std::uint64_t>(count);
    long left = count - outstanding;
    for (long i = 0; i < outstanding; ++i) loop.call_soon(Chain{loop, left, sum});
    loop.run_forever();
    return sum;
}

std::uint64_t post_from_thread(long count) {
    aio::Loop loop;
    std::uint64_t sum = 0;
    const auto last = static_cast<std::uint64_t>(count);
    std::thread poster([&] {
        for (long i = 0; i < count; ++i) {
            loop.call_soon_threadsafe([&loop, &sum, last] {
                if (++sum == last) loop.stop();
            });
        }
    });
    loop.run_forever();
    poster.join();
    return sum;
}

std::uint64_t bounce_between_threads(long count) {
    aio::Loop here;
    aio::Loop there;
    std::uint64_t sum = 0;
    long left = count;
    struct Bounce {
        aio::Loop& here;
        aio::Loop& there;
        long& left;
        std::uint64_t& sum;
        void send() {
            there.call_soon_threadsafe([this] { here.call_soon_threadsafe([this] { receive(); }); });
        }
        void receive() {
            ++sum;
            if (--left > 0) return send();
            there.call_soon_threadsafe([this] { there.stop(); });
            here.stop();
        }
    } bounce{here, there, left, sum};
    std::thread other([&] { there.run_forever(); });
    bounce.send();
    here.run_forever();
    other.join();
    return sum;
}

/// What the echo server knows of its work.
struct EchoScore {
    std::uint64_t wanted;
    std::uint64_t sum = 0;
    int open = 0;
    aio::Future<> done;
};

aio::Coro<> serve(EchoScore& score, aio::StreamReader reader, aio::StreamWriter writer) {
    ++score.open;
    while (true) {
        const std::string data = co_await reader.read(4096);
        if (data.empty()) break;
        writer.write(data);
        co_await writer.drain();
        score.sum += data.size();
    }
    writer.close();
    if (--score.open == 0 && score.sum == score.wanted) score.done.set_result();
}

aio::Coro<std::uint64_t> echo(long count) {
    EchoScore score{static_cast<std::uint64_t>(count) * 64, 0, 0, aio::get_running_loop().create_future()};
    const auto handler = [&score](aio::StreamReader reader, aio::StreamWriter writer) {
        return serve(score, std::move(reader), std::move(writer));
    };
    const aio::Server server = co_await aio::start_server(handler, "127.0.0.1", 0);
    bench::announce(server.port());
    co_await score.done;
    server.close();
    co_return score.sum;
}

std::uint64_t measured(const std::string& work, long count) {
    aio::Loop loop;
    if (work == "await") return loop.run_until_complete(await_inline(count));
    if (work == "await_far") return loop.run_until_complete(await_far(count));
    if (work == "fib") return loop.run_until_complete(fib(static_cast<int>(count)));
    if (work == "spawn") return loop.run_until_complete(spawn_and_join(count));
    if (work == "yield") return loop.run_until_complete(yield_in_turn(1000, count / 1000));
    if (work == "timers") return loop.run_until_complete(sleep_at_once(count));
    if (work == "post") return post_chains(count, 1000);
    if (work == "post_bulk") return post_chains(count, count);
    if (work == "threadsafe") return post_from_thread(count);
    if (work == "round_trip") return bounce_between_threads(count);
    if (work == "echo") return loop.run_until_complete(echo(count));
    std::exit(64);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 64;
    const long count = std::strtol(argv[2], nullptr, 10);
    const Measurement measurement;
    const std::uint64_t checksum = measured(argv[1], count);
    measurement.report(argv[1], count, checksum);
}
