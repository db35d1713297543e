// server_core.cpp - accepts connections and starts their handlers
#include "aio/detail/server_core.h"

#include "aio/context.h"
#include "aio/detail/list_wait.h"
#include "aio/exception_context.h"
#include "aio/loop.h"
#include "aio/sleep.h"
#include "aio/stream_errors.h"
#include "sockets.h"

#include <sys/socket.h>
#include <cerrno>

namespace aio::detail {

namespace {

/// How long a server that is out of descriptors or memory takes none, in seconds.
constexpr double accept_retry_delay = 1;

bool is_exhaustion(int error) noexcept {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

/// What concerns one client only, who has gone or was not reachable; see accept(2).
bool is_loss_of_client(int error) noexcept {
    switch (error) {
        case ECONNABORTED:
        case EINTR:
        case ENETDOWN:
        case EPROTO:
        case ENOPROTOOPT:
        case EHOSTDOWN:
        case ENONET:
        case EHOSTUNREACH:
        case EOPNOTSUPP:
        case ENETUNREACH: return true;
        default: return false;
    }
}

}  // namespace

/// One listening socket. Its server may be destroyed by a handler's end while it
/// accepts, so it is counted on its own.
class ServerCore::Listener final : public FdWatch, private Runnable {
public:
    Listener(ServerCore& server, OwnedFd fd) : server_(&server), fd_(std::move(fd)) {}

    void retain() noexcept { ++refs_; }
    void release() noexcept {
        if (--refs_ == 0) delete this;
    }

    [[nodiscard]] int fd() const noexcept { return fd_.get(); }

    void start() {
        if (::listen(fd(), server_->backlog_) != 0) throw_system_failure(errno, "listen");
        watch();
    }

    void stop() noexcept {
        retry_.cancel();
        if (watching()) server_->loop().poller()->remove(*this);
        fd_.reset();
        keep_ = nullptr;
    }

    /// Accepts in its turn, as asyncio does: an exception handler may then leave
    /// the loop.
    void on_ready(std::uint32_t) noexcept override {
        // Still there from an iteration that an exit request cut short.
        if (std::exchange(queued_, true)) return;
        retain();
        server_->loop().schedule(*this);
    }

    void on_poller_closed() noexcept override { const auto dropped = std::move(keep_); }

    void on_lost(int) noexcept override {
        const Ref<Listener> self(this);
        static_cast<void>(fd_.release());
        stop();
    }

private:
    ~Listener() = default;

    void run(LoopCore& loop) override {
        const auto self = Ref<Listener>::adopt(this);
        queued_ = false;
        if (!watching()) return;
        const Ref<ServerCore> server(server_);
        const ContextScope context(context_);
        loop.guard([this] { accept_all(); }, []() -> const std::type_info& { return typeid(Listener); }, nullptr,
                   nullptr);
    }

    void discard() noexcept override {
        queued_ = false;
        release();
    }

    void accept_all() {
        for (int i = 0; i < server_->backlog_ && watching(); ++i) {
            OwnedFd client(::accept4(fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (client) {
                accept(std::move(client));
            } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
                return;
            } else if (!is_loss_of_client(errno)) {
                return pause(errno);
            }
        }
    }

    void watch() {
        server_->loop().poller()->add(*this, fd(), FdEvents::readable);
        // A server whose handles are gone goes on serving.
        keep_ = Ref<ServerCore>(server_);
    }

    void accept(OwnedFd client) {
        try {
            server_->connected(std::move(client));
        } catch (...) {
            server_->loop().call_exception_handler({.message = "Error on transport creation for incoming connection",
                                                    .exception = std::current_exception()});
        }
    }

    /// The socket stays readable: without a pause the loop would spin.
    void pause(int error) {
        LoopCore& loop = server_->loop();
        loop.poller()->remove(*this);
        // Before the handler, which may close the server or leave the loop. While
        // it waits the timer keeps the server, and a loop that closes drops both.
        const Ref<ServerCore> server(server_);
        keep_ = nullptr;
        retry_ = loop.owner()->call_later(Seconds(accept_retry_delay),
                                          [self = Ref<Listener>(this), server] { self->go_on(); });
        loop.call_exception_handler(
            {.message = is_exhaustion(error) ? "socket.accept() out of system resource" : "socket.accept() failed",
             .exception = system_failure(error, "accept")});
    }

    void go_on() {
        try {
            watch();
        } catch (const std::system_error& error) {
            pause(error.code().value());
        }
    }

    std::uint32_t refs_ = 0;
    bool queued_ = false;
    ServerCore* server_;
    OwnedFd fd_;
    Ref<ServerCore> keep_;
    TimerHandle retry_;
    ContextSlot context_ = inherit_context();
};

ServerCore::ServerCore(LoopCore& loop, ClientHandler handler, std::size_t limit, int backlog,
                       std::source_location where)
    : backlog_(backlog), limit_(limit), loop_(&loop), handler_(std::move(handler)), where_(where) {
    if (limit == 0) throw ValueError("Limit cannot be <= 0");
}

ServerCore::~ServerCore() {
    for (const auto& listener : listeners_) listener->stop();
}

void ServerCore::add_socket(OwnedFd fd) { listeners_.emplace_back(new Listener(*this, std::move(fd))); }

std::vector<int> ServerCore::sockets() const {
    std::vector<int> fds;
    for (const auto& listener : listeners_) fds.push_back(listener->fd());
    return fds;
}

void ServerCore::start() {
    loop_->check_usable();
    if (serving_ || closed_) return;
    serving_ = true;
    try {
        for (const auto& listener : listeners_) listener->start();
    } catch (...) {
        // Half a server that nobody has a handle of would go on serving.
        close();
        throw;
    }
}

void ServerCore::close() {
    loop_->check_thread();
    if (std::exchange(closed_, true)) return;
    const Ref<ServerCore> keep(this);
    serving_ = false;
    for (const auto& listener : listeners_) listener->stop();
    listeners_.clear();
    if (forever_ && !forever_->done()) forever_->cancel();
    forever_.reset();
    if (connections_ == 0) close_waiters_.wake_all();
}

void ServerCore::connected(OwnedFd fd) {
    auto transport = StreamTransport::start(*loop_, std::move(fd), StreamEnd::both, limit_);
    send_small_packets_at_once(transport->fd(), transport->local_address().family());
    ++connections_;
    transport->on_closed([server = Ref<ServerCore>(this)] { server->disconnected(); });
    StreamReader reader(transport->reader());
    StreamWriter writer(std::move(transport));
    auto coroutine = serve(Ref<ServerCore>(this), std::move(reader), std::move(writer));
    static_cast<void>(loop_->owner()->create_task(std::move(coroutine), where_));
}

void ServerCore::disconnected() noexcept {
    if (--connections_ == 0 && closed_) close_waiters_.wake_all();
}

Coro<void> ServerCore::serve(Ref<ServerCore> server, StreamReader reader, StreamWriter writer) {
    try {
        co_await server->handler_(std::move(reader), writer);
    } catch (const BaseError&) {
        writer.close();
        throw;
    } catch (...) {
        server->loop().call_exception_handler({.message = "Unhandled exception in client_connected_cb",
                                               .exception = std::current_exception(),
                                               .task = current_task(),
                                               .source_location = server->where_});
        writer.close();
    }
}

Coro<void> ServerCore::serve_forever(Ref<ServerCore> server) {
    if (server->forever_) throw RuntimeError("server is already being awaited on serve_forever()");
    if (server->closed_) throw RuntimeError("server is closed");
    server->start();
    const Future<void> forever = server->loop().owner()->create_future();
    server->forever_ = forever;
    std::exception_ptr cancellation;
    try {
        co_await forever;
    } catch (const CancelledError&) {
        cancellation = std::current_exception();
    }
    server->close();
    co_await wait_closed(server);
    std::rethrow_exception(cancellation);
}

Coro<void> ServerCore::wait_closed(Ref<ServerCore> server) {
    // As in CPython 3.11, what was closed before is not waited for.
    if (server->closed_) co_return;
    co_await ListWait(server->close_waiters_, "Server.wait_closed");
}

}  // namespace aio::detail
