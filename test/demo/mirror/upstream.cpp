// upstream.cpp - answers requests after a pause
#include "upstream.h"

using namespace std::chrono_literals;

namespace mirror {

aio::Coro<std::optional<std::string>> request(std::string address, std::string url) {
    co_await aio::sleep(2ms);
    if (address.empty()) co_return std::nullopt;
    co_return "content of " + url;
}

aio::Coro<bool> probe(std::string address) {
    auto answer = co_await request(address, "/status");
    co_return answer.has_value();
}

aio::Coro<> announce(std::string event) {
    if (!event.empty()) co_await aio::sleep(1ms);
}

}  // namespace mirror
