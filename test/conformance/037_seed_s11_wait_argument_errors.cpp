// 037_seed_s11_wait_argument_errors.cpp - what wait() refuses, some of it when compiled
#include "python_text.h"

namespace {

using Coros = std::vector<aio::Coro<int>>;
using Tasks = std::vector<aio::Task<int>>;

template <class T>
concept Waitable = requires(T& value) { aio::wait(value); };

aio::Coro<int> c() { co_return 1; }

aio::Coro<> main_coro() {
    // What is a TypeError in Python does not compile in C++.
    if constexpr (Waitable<Tasks> && !Waitable<Coros>)
        std::printf("TypeError: Passing coroutines is forbidden, use tasks explicitly.\n");
    try {
        static_cast<void>(co_await aio::wait(Tasks()));
    } catch (const aio::ValueError& error) {
        std::printf("ValueError: %s\n", error.what());
    }
    auto task = aio::create_task(c());
    Tasks tasks{task};
    try {
        static_cast<void>(co_await aio::wait(tasks, {.return_when = static_cast<aio::ReturnWhen>(3)}));
    } catch (const aio::ValueError& error) {
        // Python's bad value is the string SOON, the twin's is the number 3.
        std::string message = error.what();
        message.replace(message.find('3'), 1, "SOON");
        std::printf("ValueError: %s\n", message.c_str());
    }
    if constexpr (!Waitable<aio::Task<int>>) std::printf("TypeError: expect a list of futures, not Task\n");
    const int result = co_await task;
    std::printf("%d\n", result);
}

}  // namespace

void scenario_037() { aio::run(main_coro()); }
