// 033_seed_s11_wait_first_exception.cpp - wait() returns at the first error
#include "python_text.h"

#include <algorithm>
#include <optional>

using namespace std::chrono_literals;

namespace {

using Tasks = std::vector<aio::Task<std::string>>;

aio::Coro<std::string> f(std::string name, aio::Seconds delay, std::optional<aio::ValueError> error = {}) {
    co_await aio::sleep(delay);
    if (error) throw *error;
    co_return name;
}

std::string in(const Tasks& all, const Tasks& part) {
    std::vector<bool> found;
    for (const auto& task : all) found.push_back(std::find(part.begin(), part.end(), task) != part.end());
    return conformance::text(found);
}

aio::Coro<> main_coro() {
    Tasks tasks;
    tasks.push_back(aio::create_task(f("ok", 20ms)));
    tasks.push_back(aio::create_task(f("bad", 80ms, aio::ValueError("x"))));
    tasks.push_back(aio::create_task(f("slow", 300ms)));
    const auto first = co_await aio::wait(tasks, {.return_when = aio::FIRST_EXCEPTION});
    std::printf("%s %s\n", in(tasks, first.done).c_str(), in(tasks, first.pending).c_str());
    std::printf("%s %s\n", tasks[0].result().c_str(), conformance::repr(tasks[1].exception()).c_str());
    tasks[2].cancel();
    Tasks more;
    for (int i = 1; i < 4; ++i) more.push_back(aio::create_task(f(std::to_string(i), 20ms * i)));
    const auto all = co_await aio::wait(more, {.return_when = aio::FIRST_EXCEPTION});
    std::printf("no exception -> waits for all: %zu %zu\n", all.done.size(), all.pending.size());
}

}  // namespace

void scenario_033() { aio::run(main_coro()); }
