// 104_streams_echo.cpp - a server, a client and the ends of their streams
#include "python_text.h"

using conformance::bytes;
using conformance::text;

namespace {

aio::Coro<> handle(aio::StreamReader reader, aio::StreamWriter writer) {
    while (true) {
        std::string line = co_await reader.readline();
        if (line.empty()) break;
        std::printf("server got %s\n", bytes(line).c_str());
        for (char& c : line) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        writer.write(line);
        co_await writer.drain();
    }
    std::printf("server eof %s\n", text(reader.at_eof()));
    writer.write("bye");
    writer.write_eof();
    writer.close();
    co_await writer.wait_closed();
}

aio::Coro<> main_coro() {
    auto server = co_await aio::start_server(handle, "127.0.0.1", 0);
    const auto port = server.port();
    auto [reader, writer] = co_await aio::open_connection("127.0.0.1", port);
    for (const char* message : {"hello\n", "world\n"}) {
        writer.write(message);
        co_await writer.drain();
        const std::string line = co_await reader.readline();
        std::printf("client got %s\n", bytes(line).c_str());
    }
    writer.write("no newline");
    writer.write_eof();
    std::string got = co_await reader.readexactly(4);
    std::printf("%s\n", bytes(got).c_str());
    try {
        got = co_await reader.readexactly(100);
    } catch (const aio::IncompleteReadError& error) {
        std::printf("IncompleteReadError %s %zu\n", bytes(error.partial()).c_str(), error.expected().value());
    }
    got = co_await reader.read();
    std::printf("eof %s %s\n", bytes(got).c_str(), text(reader.at_eof()));
    writer.close();
    co_await writer.wait_closed();
    server.close();
    co_await server.wait_closed();
    try {
        co_await aio::open_connection("127.0.0.1", port);
    } catch (const aio::ConnectionRefusedError&) {
        std::printf("ConnectionRefusedError\n");
    }
}

}  // namespace

void scenario_104() { aio::run(main_coro()); }
