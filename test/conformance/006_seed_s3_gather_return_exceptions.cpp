// 006_seed_s3_gather_return_exceptions.cpp - outcomes hold values, errors and cancellations
#include "python_text.h"

namespace {

aio::Coro<int> ok() { co_return 1; }
aio::Coro<int> bad() {
    throw aio::ValueError("v");
    co_return 0;
}
aio::Coro<int> self_cancel() {
    throw aio::CancelledError();
    co_return 0;
}

template <class T>
std::string show(const aio::Outcome<T>& outcome) {
    if (outcome.ok()) return conformance::text(outcome.value());
    return "'" + conformance::type_name(outcome.error()) + "'";
}

aio::Coro<> main_coro() {
    const auto [first, second, third] = co_await aio::gather_outcomes(ok(), bad(), self_cancel());
    std::printf("[%s, %s, %s]\n", show(first).c_str(), show(second).c_str(), show(third).c_str());
}

}  // namespace

void scenario_006() { aio::run(main_coro()); }
