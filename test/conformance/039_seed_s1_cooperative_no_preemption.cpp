// 039_seed_s1_cooperative_no_preemption.cpp - races happen only across an await
#include "python_text.h"

namespace {

int counter = 0;

aio::Coro<> safe() {
    for (int i = 0; i < 1000; ++i) ++counter;
    co_return;
}

aio::Coro<> unsafe() {
    const int value = counter;
    co_await aio::yield();
    counter = value + 1;
}

aio::Coro<> locked(aio::Lock& lock) {
    const auto guard = co_await lock.scoped();
    co_await unsafe();
}

template <class F>
aio::Coro<> ten_times(F make) {
    std::vector<aio::Coro<>> coros;
    for (int i = 0; i < 10; ++i) coros.push_back(make());
    co_await aio::gather(std::move(coros));
}

aio::Coro<> main_coro() {
    co_await ten_times(&safe);
    std::printf("no await inside: %d\n", counter);
    counter = 0;
    co_await ten_times(&unsafe);
    std::printf("await inside read-modify-write: %d\n", counter);
    counter = 0;
    aio::Lock lock;
    co_await ten_times([&] { return locked(lock); });
    std::printf("with Lock: %d\n", counter);
}

}  // namespace

void scenario_039() { aio::run(main_coro()); }
