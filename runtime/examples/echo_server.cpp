// echo_server.cpp - a TCP server that sends back what it receives
//
//     echo_server PORT          serves until it is interrupted
//     echo_server --test        serves itself a few clients and checks the answers

#include "port.h"

#include <aio/aio.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

aio::Coro<> echo(aio::StreamReader reader, aio::StreamWriter writer) {
    while (true) {
        const std::string data = co_await reader.read(64 * 1024);
        if (data.empty()) break;
        writer.write(data);
        co_await writer.drain();
    }
    writer.close();
    co_await writer.wait_closed();
}

aio::Coro<> serve(std::uint16_t port) {
    auto server = co_await aio::start_server(echo, "", port);
    for (const auto& socket : server.sockets()) std::printf("serving %s\n", socket.getsockname().to_string().c_str());
    co_await server.serve_forever();
}

aio::Coro<bool> client(std::uint16_t port, int number) {
    auto [reader, writer] = co_await aio::open_connection("127.0.0.1", port);
    bool good = true;
    for (int i = 0; i < 10; ++i) {
        const std::string line = "client " + std::to_string(number) + " says " + std::to_string(i) + "\n";
        writer.write(line);
        co_await writer.drain();
        good = good && co_await reader.readline() == line;
    }
    writer.write_eof();
    const std::string rest = co_await reader.read();
    writer.close();
    co_await writer.wait_closed();
    co_return good&& rest.empty();
}

aio::Coro<int> test() {
    auto server = co_await aio::start_server(echo, "127.0.0.1", 0);
    std::vector<aio::Task<bool>> clients;
    for (int i = 0; i < 10; ++i) clients.push_back(aio::create_task(client(server.port(), i)));
    int good = 0;
    for (const bool result : co_await aio::gather(clients)) good += result ? 1 : 0;
    server.close();
    co_await server.wait_closed();
    std::printf("%d of 10 clients heard their echo\n", good);
    co_return good == 10 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: echo_server PORT | --test\n");
        return 2;
    }
    if (std::string(argv[1]) == "--test") return aio::run(test());
    aio::run(serve(port_of(argv[1])));
    return 0;
}
