// 014_seed_s5_two_loops_in_one_thread.cpp - one running loop a thread
#include "python_text.h"

namespace {

aio::Coro<std::string> noop() { co_return "noop"; }
aio::Coro<> pause() { co_await aio::yield(); }

template <class F>
void expect_error(const char* name, F call) {
    try {
        call();
    } catch (const aio::RuntimeError& error) {
        std::printf("%s: %s\n", name, error.what());
    }
}

aio::Coro<> main_coro() {
    aio::Loop other;
    expect_error("run_until_complete", [&] {
        other.run_until_complete(noop());  // NOLINT(coro-nested-run): the scenario wants the error
    });
    expect_error("run_forever", [&] { other.run_forever(); });  // NOLINT(coro-nested-run): the scenario wants the error
    expect_error("run", [] { aio::run(noop()); });              // NOLINT(coro-nested-run): the scenario wants the error
    auto& me = aio::get_running_loop();
    expect_error("same loop", [&] {
        me.run_until_complete(pause());  // NOLINT(coro-nested-run): the scenario wants the error
    });
    expect_error("close", [&] { me.close(); });
    other.close();
    co_return;
}

}  // namespace

void scenario_014() {
    aio::run(main_coro());
    aio::Loop a;
    aio::Loop b;
    const std::string first = a.run_until_complete(noop());
    const std::string second = b.run_until_complete(noop());
    std::printf("%s %s\n", first.c_str(), second.c_str());
    a.close();
    b.close();
}
