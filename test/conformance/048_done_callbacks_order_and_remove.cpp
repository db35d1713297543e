// 048_done_callbacks_order_and_remove.cpp - done callbacks keep their order
#include "python_text.h"

using conformance::text;

namespace {

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    auto future = loop.create_future();
    const auto add = [&future](const char* name) {
        return future.add_done_callback(
            [&future, name](aio::FutureBase& done) { std::printf("cb %s %s\n", name, text(done == future)); });
    };
    const auto first_a = add("a");
    const auto b = add("b");
    const auto second_a = add("a");
    add("c");
    const auto remove_a = [&] { return future.remove_done_callback(first_a) + future.remove_done_callback(second_a); };
    const auto removed = remove_a();
    std::printf("removed a: %zu removed again: %zu\n", removed, remove_a());
    future.add_done_callback([](aio::FutureBase& done) {
        std::printf("adder\n");
        done.add_done_callback([](aio::FutureBase&) { std::printf("added late\n"); });
    });
    add("a");
    future.set_result();
    std::printf("remove after completion (already moved to the ready queue): %zu\n", future.remove_done_callback(b));
    loop.call_soon([] { std::printf("marker queued after set_result\n"); });
    co_await aio::sleep(aio::Seconds(0));
    std::printf("-- iteration --\n");
    co_await aio::sleep(aio::Seconds(0));
}

}  // namespace

void scenario_048() { aio::run(main_coro()); }
