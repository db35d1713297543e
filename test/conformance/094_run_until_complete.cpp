// 094_run_until_complete.cpp - runs coroutines, tasks and futures to their end
#include "python_text.h"

namespace {

aio::Coro<int> ok() { co_return 1; }

aio::Coro<> bad() {
    throw conformance::KeyError("k");
    co_return;
}

aio::Coro<> await_foreign(aio::Future<> future) { co_await future; }

}  // namespace

void scenario_094() {
    aio::Loop loop;
    const int first = loop.run_until_complete(ok());
    std::printf("%d %d\n", first, loop.run_until_complete(loop.create_task(ok())));
    auto future = loop.create_future<std::string>();
    loop.call_soon([future] { future.set_result("fut"); });
    std::printf("%s\n", loop.run_until_complete(future).c_str());
    try {
        loop.run_until_complete(bad());
    } catch (const conformance::KeyError&) {
        std::printf("KeyError %s\n", "'k'");
    }
    std::printf("%d\n", loop.run_until_complete(ok()));
    aio::Loop other;
    auto foreign = other.create_future();
    try {
        loop.run_until_complete(foreign);
    } catch (const aio::ValueError& error) {
        std::printf("ValueError: %s\n", error.what());
    }
    try {
        loop.run_until_complete(await_foreign(foreign));
    } catch (const aio::RuntimeError& error) {
        const std::string message = error.what();
        std::printf("RuntimeError: %s\n", message.substr(message.rfind("> ") + 2).c_str());
    }
    // run_until_complete(42) does not compile.
    std::printf("TypeError: An asyncio.Future, a coroutine or an awaitable is required\n");
    loop.close();
    other.close();
}
