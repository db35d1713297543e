// 110_await_self_and_wrong_loop.cpp - awaits that can never work
#include "python_text.h"

namespace {

/// The part of a message that names no task.
std::string tail(const std::string& message) {
    const std::string head = message.substr(0, message.find(": <"));
    const auto end = head.rfind("> ");
    return end == std::string::npos ? head : head.substr(end + 2);
}

aio::Coro<> await_first(std::vector<aio::Task<>>& box) { co_await box[0]; }

aio::Coro<> await_foreign(aio::Future<> future) { co_await future; }

aio::Coro<> main_coro() {
    std::vector<aio::Task<>> box;
    box.push_back(aio::create_task(await_first(box)));
    try {
        co_await box[0];
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", tail(error.what()).c_str());
    }
    aio::Loop other;
    auto future = other.create_future();
    try {
        co_await aio::create_task(await_foreign(future));
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", tail(error.what()).c_str());
    }
    other.close();
}

}  // namespace

void scenario_110() { aio::run(main_coro()); }
