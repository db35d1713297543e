// 802_states_and_texts.cpp - what futures and tasks answer in every state
#include "python_text.h"

using conformance::args;
using conformance::text;

namespace {

std::string shown(bool value) { return text(value); }
std::string shown(int value) { return text(value); }
std::string shown(const std::exception_ptr& error) { return error ? conformance::repr(error) : "None"; }

template <class F>
void attempt(F f) {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<F>>)
            f();
        else
            std::printf("-> %s\n", shown(f()).c_str());
    } catch (const aio::CancelledError& error) {
        std::printf("CancelledError: %s\n", args(error).c_str());
    } catch (const aio::InvalidStateError& error) {
        std::printf("InvalidStateError: %s\n", error.what());
    } catch (const aio::Error& error) {
        std::printf("%s: %s\n", conformance::type_name(std::current_exception()).c_str(), error.what());
    }
}
template <class F>
void attempt_result(const F& future) {
    attempt([&] { return future.result(); });
}
void attempt_exception(const aio::FutureBase& future) {
    attempt([&] { return future.exception(); });
}
void attempt_cancel(const aio::FutureBase& future) {
    attempt([&] { return future.cancel(); });
}
void attempt_settle(const aio::Future<int>& future) {
    attempt([&] { future.set_result(1); });
    attempt([&] { future.set_exception(aio::ValueError("")); });
}

aio::Coro<int> work() {
    co_await aio::yield();
    co_return 1;
}
aio::Coro<int> fail() {
    throw aio::ValueError("x");
    co_return 0;
}
void show_head(const aio::Task<int>& task) {
    const std::string all = task.describe();
    std::printf("%s\n", all.substr(0, all.find(" coro")).c_str());
}

aio::Coro<> failed_task() {
    auto task = aio::create_task(fail(), {.name = "F"});
    try {
        co_await task;
    } catch (const aio::ValueError&) {
        std::printf("%s\n", text(std::current_exception() == task.exception()));
    }
    attempt_result(task);
    attempt_cancel(task);
    std::printf("%s ", text(task.cancelled()));
    show_head(task);
    task.set_name("G");
    std::printf("%s\n", task.name().c_str());
}

aio::Coro<> tasks() {
    auto task = aio::create_task(work(), {.name = "W"});
    attempt_result(task);
    attempt_exception(task);
    attempt_settle(task);
    show_head(task);
    co_await task;
    attempt_result(task);
    attempt_exception(task);
    attempt_cancel(task);
    show_head(task);
    co_await failed_task();
    task = aio::create_task(work(), {.name = "C"});
    co_await aio::yield();
    task.cancel();
    show_head(task);
    co_await aio::yield();
    show_head(task);
    attempt_result(task);
    attempt_exception(task);
}

void futures() {
    auto future = aio::get_running_loop().create_future<int>();
    attempt_result(future);
    attempt_exception(future);
    future.set_result(1);
    attempt_settle(future);
    attempt_result(future);
    attempt_cancel(future);
    future = aio::get_running_loop().create_future<int>();
    future.cancel("m");
    attempt_result(future);
    attempt_exception(future);
    attempt([&] { future.set_result(1); });
    attempt_cancel(future);
}

aio::Coro<> callbacks() {
    std::vector<std::string> log;
    auto future = aio::get_running_loop().create_future<int>();
    const auto one = future.add_done_callback([&] { log.push_back("one"); });
    const auto two = future.add_done_callback([&] { log.push_back("two"); });
    const auto removed = future.remove_done_callback(one);
    std::printf("%zu %zu\n", removed, future.remove_done_callback(one));
    future.add_done_callback([&](aio::Future<int>& done) {
        log.push_back("outer");
        done.add_done_callback([&] { log.push_back("inner"); });
    });
    future.set_result(0);
    std::printf("%s %zu\n", text(log).c_str(), future.remove_done_callback(two));
    co_await aio::yield();
    std::printf("%s\n", text(log).c_str());
    co_await aio::yield();
    std::printf("%s\n", text(log).c_str());
}

aio::Coro<> main_coro() {
    co_await tasks();
    futures();
    co_await callbacks();
}

}  // namespace

void scenario_802() { aio::run(main_coro()); }
