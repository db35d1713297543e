// 088_semaphore.cpp - a semaphore limits how many run
#include "python_text.h"

#include <algorithm>

using namespace std::chrono_literals;
using conformance::text;

namespace {

struct Load {
    int current = 0;
    int peak = 0;
};

aio::Coro<> worker(aio::Semaphore& semaphore, Load& load, int number) {
    const auto permit = co_await semaphore.scoped();
    load.peak = std::max(load.peak, ++load.current);
    std::printf("enter %d\n", number);
    co_await aio::yield();
    --load.current;
}

void over_release(aio::BoundedSemaphore& bounded) {
    bounded.release();
    try {
        bounded.release();
    } catch (const aio::ValueError& error) {
        std::printf("ValueError: %s\n", error.what());
    }
    try {
        aio::Semaphore negative(-1);
    } catch (const aio::ValueError& error) {
        std::printf("ValueError: %s\n", error.what());
    }
}

aio::Coro<> main_coro() {
    aio::Semaphore semaphore(2);
    Load load;
    std::vector<aio::Coro<>> workers;
    for (int i = 0; i < 5; ++i) workers.push_back(worker(semaphore, load, i));
    co_await aio::gather(std::move(workers));
    std::printf("peak %d locked %s\n", load.peak, text(semaphore.locked()));
    aio::BoundedSemaphore bounded(1);
    co_await bounded.acquire();
    over_release(bounded);
    aio::Semaphore empty(0);
    auto a = aio::ensure_future(empty.acquire());
    auto b = aio::ensure_future(empty.acquire());
    co_await aio::yield();
    empty.release();
    a.cancel();
    std::vector<aio::Task<bool>> both;
    both.push_back(a);
    both.push_back(b);
    co_await aio::wait(both, {.timeout = 500ms});
    std::printf("A cancelled %s B got it %s\n", text(a.cancelled()), text(b.done() && b.result()));
}

}  // namespace

void scenario_088() { aio::run(main_coro()); }
