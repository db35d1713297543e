// 808_barrier.cpp - parties that come, leave, are sent away and come again
#include "python_text.h"

using conformance::text;

namespace {

using Log = std::vector<std::string>;
using Tasks = std::vector<aio::Task<>>;

aio::Coro<> party(aio::Barrier& barrier, Log& log, std::string name) {
    const std::string begin = "(" + text(name) + ", ";
    try {
        const std::size_t index = co_await barrier.wait();
        log.push_back(begin + std::to_string(index) + ")");
    } catch (const aio::BrokenBarrierError& error) {
        log.push_back(begin + "'" + error.what() + "')");
    } catch (const aio::CancelledError&) {
        log.push_back(begin + "'cancelled')");
        throw;
    }
}
aio::Coro<Tasks> two(aio::Barrier& barrier, Log& log) {
    log.clear();
    Tasks tasks;
    for (const char* name : {"a", "b"}) tasks.push_back(aio::create_task(party(barrier, log, name)));
    co_await aio::yield();
    co_return tasks;
}
std::string shown(const Log& log) {
    std::string all = "[";
    for (const auto& line : log) all += (all.size() > 1 ? ", " : "") + line;
    return all + "]";
}
aio::Coro<> all_of(const Tasks& tasks) { static_cast<void>(co_await aio::wait(tasks)); }

aio::Coro<> filling(aio::Barrier& barrier, Log& log) {
    std::printf("%zu %zu %s\n", barrier.parties(), barrier.n_waiting(), text(barrier.broken()));
    Tasks tasks = co_await two(barrier, log);
    std::printf("%zu\n", barrier.n_waiting());
    co_await party(barrier, log, "c");
    std::printf("%s %zu\n", shown(log).c_str(), barrier.n_waiting());
    co_await all_of(tasks);
    std::printf("%s %zu\n", shown(log).c_str(), barrier.n_waiting());
    tasks = co_await two(barrier, log);
    tasks[0].cancel();
    co_await aio::yield();
    std::printf("%zu %s\n", barrier.n_waiting(), shown(log).c_str());
    tasks.push_back(aio::create_task(party(barrier, log, "c")));
    co_await aio::yield();
    co_await aio::yield();
    co_await party(barrier, log, "d");
    co_await all_of(tasks);
    std::printf("%s\n", shown(log).c_str());
}

aio::Coro<> breaking(aio::Barrier& barrier, Log& log) {
    Tasks tasks = co_await two(barrier, log);
    co_await barrier.reset();
    std::printf("%zu %s\n", barrier.n_waiting(), text(barrier.broken()));
    co_await all_of(tasks);
    std::printf("%s %s\n", shown(log).c_str(), text(barrier.broken()));
    co_await barrier.reset();
    std::printf("reset of an empty barrier %s\n", text(barrier.broken()));
    tasks = co_await two(barrier, log);
    co_await barrier.abort();
    std::printf("%s\n", text(barrier.broken()));
    co_await all_of(tasks);
    co_await party(barrier, log, "late");
    std::printf("%s %s %zu\n", shown(log).c_str(), text(barrier.broken()), barrier.n_waiting());
    co_await barrier.reset();
    tasks = co_await two(barrier, log);
    co_await party(barrier, log, "c");
    co_await all_of(tasks);
    std::printf("%s %s\n", shown(log).c_str(), text(barrier.broken()));
}

aio::Coro<> pairs(Log& log) {
    aio::Barrier one(1);
    const std::size_t first = co_await one.wait();
    const std::size_t second = co_await one.wait();
    std::printf("%zu %zu\n", first, second);
    aio::Barrier pair(2);
    log.clear();
    co_await aio::gather(party(pair, log, "a"), party(pair, log, "b"), party(pair, log, "c"), party(pair, log, "d"));
    std::printf("%s\n", shown(log).c_str());
    log.clear();
    Tasks tasks{aio::create_task(party(pair, log, "x"))};
    co_await aio::yield();
    tasks.push_back(aio::create_task(party(pair, log, "y")));
    Tasks late{aio::create_task(party(pair, log, "z"))};
    co_await all_of(tasks);
    std::printf("%s %s %zu\n", shown(log).c_str(), text(late[0].done()), pair.n_waiting());
    late[0].cancel();
    co_await all_of(late);
    std::printf("%s\n", log.back().c_str());
}

aio::Coro<> main_coro() {
    try {
        aio::Barrier none(0);
    } catch (const aio::ValueError& error) {
        std::printf("ValueError: %s\n", error.what());
    }
    aio::Barrier barrier(3);
    Log log;
    co_await filling(barrier, log);
    co_await breaking(barrier, log);
    co_await pairs(log);
}

}  // namespace

void scenario_808() { aio::run(main_coro()); }
