// 076_taskgroup_nested.cpp - an inner group fails as one error
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> bad() {
    co_await aio::sleep(10ms);
    throw aio::ValueError("inner");
}

aio::Coro<> sibling() {
    try {
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
        std::printf("outer sibling cancelled\n");
        throw;
    }
}

std::string shown(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const aio::ExceptionGroup& group) {
        std::string all = "[";
        for (const auto& nested : group.exceptions()) all += (all.size() > 1 ? ", " : "") + shown(nested);
        return all + "]";
    } catch (...) {
        return "\"" + conformance::repr(error) + "\"";
    }
}

aio::Coro<> inner_group(aio::TaskGroup& group) {
    group.create_task(bad());
    co_return;
}

aio::Coro<> failing_group(aio::TaskGroup& outer) {
    outer.create_task(sibling());
    co_await aio::with_task_group(&inner_group);
}

aio::Coro<> handling_group(aio::TaskGroup& outer) {
    outer.create_task(aio::sleep(50ms));
    try {
        co_await aio::with_task_group(&inner_group);
    } catch (const aio::ExceptionGroup& group) {
        if (group.subgroup<aio::ValueError>()) std::printf("handled inside\n");
    }
    co_await aio::sleep(0s);
    std::printf("outer body continues\n");
}

aio::Coro<> main_coro() {
    try {
        co_await aio::with_task_group(&failing_group);
    } catch (const aio::ExceptionGroup&) {
        std::printf("%s\n", shown(std::current_exception()).c_str());
    }
    co_await aio::with_task_group(&handling_group);
    std::printf("done\n");
}

}  // namespace

void scenario_076() { aio::run(main_coro()); }
