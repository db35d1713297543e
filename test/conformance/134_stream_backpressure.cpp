// 134_stream_backpressure.cpp - drain() waits for a peer that does not read
#include "python_text.h"

using conformance::text;

namespace {

constexpr std::size_t all_bytes = std::size_t{16} * 1024 * 1024;

aio::Coro<> main_coro() {
    aio::Event go;
    auto got = aio::get_running_loop().create_future<std::size_t>();
    auto handle = [&](aio::StreamReader reader, aio::StreamWriter writer) -> aio::Coro<> {
        co_await go.wait();
        std::size_t count = 0;
        while (true) {
            const std::string data = co_await reader.read(1 << 16);
            if (data.empty()) break;
            count += data.size();
        }
        got.set_result(count);
        writer.close();
    };
    auto server = co_await aio::start_server(handle, "127.0.0.1", 0);
    auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
    writer.write(std::string(all_bytes, 'x'));
    auto drained = aio::create_task(writer.drain());
    co_await aio::sleep(aio::Seconds(0.1));
    std::printf("drain done before peer reads: %s\n", text(drained.done()));
    go.set();
    co_await drained;
    std::printf("drain done\n");
    writer.write_eof();
    const std::size_t count = co_await got;
    std::printf("all bytes: %s\n", text(count == all_bytes));
    writer.close();
    server.close();
}

}  // namespace

void scenario_134() { aio::run(main_coro()); }
