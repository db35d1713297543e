// 118_exception_identity_and_context.cpp - every reader gets the same exception object
#include "python_text.h"

using conformance::text;

namespace {

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

aio::Coro<> bad() {
    try {
        throw conformance::KeyError("low");
    } catch (const conformance::KeyError&) {
        std::throw_with_nested(Failure("high"));
    }
    co_return;
}

std::string cause_of(const std::exception_ptr& error) {
    try {
        try {
            std::rethrow_exception(error);
        } catch (const Failure& failure) {
            std::rethrow_if_nested(failure);
        }
    } catch (...) {
        return conformance::repr(std::current_exception());
    }
    return "None";
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(bad());
    std::vector<std::exception_ptr> got;
    for (int i = 0; i < 2; ++i) {
        try {
            co_await task;
        } catch (const Failure&) {
            got.push_back(std::current_exception());
        }
    }
    try {
        task.result();
    } catch (const Failure&) {
        got.push_back(std::current_exception());
    }
    const bool same = got[0] == got[1] && got[1] == got[2] && got[2] == task.exception();
    std::printf("%s %s\n", text(same), cause_of(got[0]).c_str());
}

}  // namespace

void scenario_118() { aio::run(main_coro()); }
