// 021_seed_s7_stack_per_task.cpp - each task has a stack of its own
#include "python_text.h"

#include <algorithm>
#include <exception>

namespace {

std::vector<std::string> unwound;

/// Notes that an exception leaves the coroutine that it is declared in.
class Unwinding {
public:
    explicit Unwinding(std::string name) : name_(std::move(name)) {}
    ~Unwinding() {
        if (failed) unwound.push_back(name_);
    }
    bool failed = true;

private:
    std::string name_;
};

aio::Coro<> inner() {
    Unwinding here("inner");
    co_await aio::sleep(aio::Seconds(0));
    throw aio::ValueError("deep");
}
aio::Coro<> middle() {
    Unwinding here("middle");
    co_await inner();
    here.failed = false;
}
aio::Coro<> outer() {
    Unwinding here("outer");
    co_await middle();
    here.failed = false;
}
aio::Coro<aio::Task<>> creator() {
    Unwinding here("creator");
    auto task = aio::create_task(outer(), {.name = "T"});
    here.failed = false;
    co_return task;
}

aio::Coro<> main_coro() {
    const aio::Task<> task = co_await creator();
    co_await aio::sleep(aio::Seconds(0));
    std::vector<std::string> names;
    for (const auto& frame : task.stack()) names.push_back(frame.name);
    std::printf("suspended chain: %s\n", conformance::text(names).c_str());
    try {
        Unwinding here("main");
        co_await task;
        here.failed = false;
    } catch (const aio::ValueError&) {
        std::reverse(unwound.begin(), unwound.end());
        std::printf("%s\n", conformance::text(unwound).c_str());
    }
}

}  // namespace

void scenario_021() { aio::run(main_coro()); }
