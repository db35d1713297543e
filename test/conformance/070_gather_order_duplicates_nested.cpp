// 070_gather_order_duplicates_nested.cpp - gather keeps the order, also nested
#include "python_text.h"

namespace {

using conformance::text;

int runs = 0;

std::string plain(const std::string& value) { return value; }
std::string plain(int value) { return std::to_string(value); }

template <class T>
aio::Coro<T> child(T n) {
    ++runs;
    std::printf("start %s\n", plain(n).c_str());
    co_await aio::sleep(aio::Seconds(0));
    std::printf("end %s\n", plain(n).c_str());
    co_return n;
}

aio::Coro<> main_coro() {
    auto dup = aio::create_task(child(std::string("dup")));
    auto [first, second, third] = co_await aio::gather(dup, child(std::string("x")), dup);
    std::printf("[%s, %s, %s]\n", text(first).c_str(), text(second).c_str(), text(third).c_str());
    std::printf("runs %d\n", runs);
    auto [pair, three, empty] = co_await aio::gather(aio::gather(child(1), child(2)), child(3), aio::gather());
    static_assert(std::tuple_size_v<decltype(empty)> == 0);
    std::printf("[[%d, %d], %d, []]\n", std::get<0>(pair), std::get<1>(pair), three);
}

}  // namespace

void scenario_070() { aio::run(main_coro()); }
