// 128_server_many_clients.cpp - every client has a handler of its own
#include "python_text.h"

#include <algorithm>

using conformance::text;

namespace {

aio::Coro<int> client(std::uint16_t port, int number) {
    auto [reader, writer] = co_await aio::open_connection("127.0.0.1", port);
    writer.write(std::to_string(number) + "\n");
    const std::string answer = co_await reader.read();
    writer.close();
    co_return std::stoi(answer);
}

aio::Coro<> main_coro() {
    int active = 0;
    int peak = 0;
    auto handle = [&](aio::StreamReader reader, aio::StreamWriter writer) -> aio::Coro<> {
        peak = std::max(peak, ++active);
        const int number = std::stoi(co_await reader.readline());
        co_await aio::sleep(aio::Seconds(0.05));
        writer.write(std::to_string(number * number) + "\n");
        co_await writer.drain();
        writer.close();
        --active;
    };
    auto server = co_await aio::start_server(handle, "127.0.0.1", 0);
    std::vector<aio::Task<int>> clients;
    for (int i = 0; i < 20; ++i) clients.push_back(aio::create_task(client(server.port(), i)));
    const auto results = co_await aio::gather(clients);
    std::printf("%s\n", text(results).c_str());
    server.close();
    co_await server.wait_closed();
    std::printf("peak > 5: %s serving %s\n", text(peak > 5), text(server.is_serving()));
}

}  // namespace

void scenario_128() { aio::run(main_coro()); }
