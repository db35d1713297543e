// 811_end_of_run.cpp - what run() does with what is left
#include "python_text.h"

#include <unistd.h>
#include <csignal>

using namespace std::chrono_literals;
using conformance::args;

namespace {

aio::Coro<> left(std::string name) {
    try {
        co_await aio::sleep(100s);
    } catch (const aio::CancelledError& error) {
        std::printf("left %s %s\n", name.c_str(), args(error).c_str());
        throw;
    }
}
aio::Coro<> stubborn() {
    try {
        co_await aio::sleep(100s);
    } catch (const aio::CancelledError&) {
        static_cast<void>(0);
    }
    co_await aio::sleep(1ms);
    std::printf("stubborn ended\n");
}
aio::Coro<> failing() {
    try {
        co_await aio::sleep(100s);
    } catch (...) {
        throw aio::ValueError("at shutdown");
    }
}
aio::AsyncGenerator<int> generator(int n) {
    try {
        co_yield n;
    } catch (const aio::GeneratorExit&) {
        std::printf("closing %d\n", n);
        throw;
    }
}
aio::AsyncGenerator<int> generator_fails() {
    try {
        co_yield 0;
    } catch (const aio::GeneratorExit&) {
        throw aio::ValueError("in generator");
    }
}

using Generators = std::vector<aio::AsyncGenerator<int>>;

aio::Coro<std::string> leftovers(Generators& kept) {
    aio::get_running_loop().set_exception_handler([](aio::Loop&, const aio::ExceptionContext& context) {
        std::string message = context.message.substr(0, context.message.find(" <"));
        const auto name = message.find("aio::run");
        if (name < message.size()) message.replace(name, 8, "run");
        std::printf("handler: %s %s\n", message.c_str(), conformance::repr(context.exception).c_str());
    });
    for (const int n : {1, 2}) kept.push_back(generator(n));
    kept.push_back(generator_fails());
    for (const std::size_t i : {0, 2}) co_await kept[i].next();
    aio::create_task(left("a"));
    aio::create_task(stubborn());
    aio::create_task(failing());
    co_await aio::yield();
    std::printf("main ends\n");
    co_return "result";
}
aio::Coro<std::string> fails() {
    aio::create_task(left("fails"));
    co_await aio::yield();
    throw aio::ValueError("main");
}
aio::Coro<std::string> cancels_itself() {
    aio::current_task().cancel("self");
    co_await aio::yield();
    co_return "None";
}
aio::Coro<std::string> exits() {
    aio::create_task(left("exits"));
    co_await aio::yield();
    throw aio::SystemExit(3);
}
aio::Coro<> interrupting_child() {
    throw aio::KeyboardInterrupt("child");
    co_return;
}
aio::Coro<std::string> child_interrupts() {
    aio::create_task(interrupting_child());
    co_await left("child_interrupts");
    co_return "None";
}
template <class F>
void refused(F start) {
    try {
        start();
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
}
aio::Coro<std::string> nested() {
    refused([] { aio::run(left("never starts")); });  // NOLINT(coro-nested-run): the scenario wants the error
    aio::Runner runner;
    refused([&] { runner.run(left("never starts")); });  // NOLINT(coro-nested-run): the scenario wants the error
    co_return "None";
}
aio::Coro<std::string> interrupted() {
    ::kill(::getpid(), SIGINT);
    co_await left("interrupted");
    co_return "None";
}
aio::Coro<std::string> recovers() {
    try {
        ::kill(::getpid(), SIGINT);
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
        const int before = aio::current_task().cancelling();
        std::printf("recovers %d %d\n", before, aio::current_task().uncancel());
    }
    co_return "recovered";
}

void show(aio::Coro<std::string> main) {
    try {
        std::printf("-> %s\n", aio::run(std::move(main)).c_str());
    } catch (const aio::CancelledError& error) {
        std::printf("CancelledError %s\n", args(error).c_str());
    } catch (const aio::SystemExit& error) {
        std::printf("SystemExit %d\n", error.code());
    } catch (const aio::KeyboardInterrupt& error) {
        std::printf("KeyboardInterrupt %s\n", args(error).c_str());
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s\n", error.what());
    }
}

}  // namespace

void scenario_811() {
    std::signal(SIGINT, SIG_DFL);  // a background job may ignore it
    Generators kept;
    show(leftovers(kept));
    show(fails());
    show(cancels_itself());
    show(exits());
    show(child_interrupts());
    show(nested());
    show(interrupted());
    show(recovers());
}
