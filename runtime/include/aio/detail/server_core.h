// server_core.h - accepts connections and starts their handlers
#pragma once

#include "aio/coro.h"
#include "aio/detail/owned_fd.h"
#include "aio/detail/unique_function.h"
#include "aio/detail/waiter_list.h"
#include "aio/future.h"
#include "aio/stream_reader.h"
#include "aio/stream_writer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <source_location>
#include <vector>

namespace aio::detail {

/// Makes the coroutine that serves one client.
using ClientHandler = UniqueFunction<Coro<void>(StreamReader, StreamWriter)>;

/// The state behind a Server. Its connections keep it alive, because the
/// coroutines of handlers may refer to the handler.
class ServerCore {
public:
    ServerCore(LoopCore& loop, ClientHandler handler, std::size_t limit, int backlog, std::source_location where);
    ServerCore(const ServerCore&) = delete;
    ServerCore& operator=(const ServerCore&) = delete;

    void retain() noexcept { ++refs_; }
    void release() noexcept {
        if (--refs_ == 0) delete this;
    }

    [[nodiscard]] LoopCore& loop() const noexcept { return *loop_; }
    /// Takes over a bound socket. Before start().
    void add_socket(OwnedFd fd);
    [[nodiscard]] std::vector<int> sockets() const;

    void start();
    void close();
    [[nodiscard]] bool is_closed() const noexcept { return closed_; }
    [[nodiscard]] bool is_serving() const noexcept { return serving_; }
    static Coro<void> serve_forever(Ref<ServerCore> server);
    static Coro<void> wait_closed(Ref<ServerCore> server);

    /// Starts the handler of a new connection.
    void connected(OwnedFd fd);

private:
    class Listener;

    ~ServerCore();
    static Coro<void> serve(Ref<ServerCore> server, StreamReader reader, StreamWriter writer);
    void disconnected() noexcept;

    std::uint32_t refs_ = 0;
    bool serving_ = false;
    bool closed_ = false;
    int backlog_;
    std::size_t limit_;
    std::size_t connections_ = 0;
    Ref<LoopCore> loop_;
    ClientHandler handler_;
    std::source_location where_;
    std::vector<Ref<Listener>> listeners_;
    WaiterList close_waiters_;
    std::optional<Future<void>> forever_;
};

}  // namespace aio::detail
