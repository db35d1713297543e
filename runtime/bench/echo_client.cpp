// echo_client.cpp - plays ping-pong with an echo server
//
// usage: echo_client PORT CONNECTIONS MESSAGES: sends 64 bytes on each of the
// connections, waits for them to come back, and so on, MESSAGES times in all.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr std::size_t message_size = 64;

struct Connection {
    int fd = -1;
    std::size_t received = 0;
    long left = 0;
};

int connect_to(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        std::perror("connect");
        std::exit(1);
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

void send_message(const Connection& connection) {
    static const char message[message_size] = "ping";
    if (::send(connection.fd, message, sizeof message, MSG_NOSIGNAL) != static_cast<ssize_t>(sizeof message)) {
        std::perror("send");
        std::exit(1);
    }
}

/// True when the connection has nothing more to do.
bool receive(Connection& connection) {
    char buffer[4096];
    const ssize_t got = ::recv(connection.fd, buffer, sizeof buffer, 0);
    if (got <= 0) {
        std::perror("recv");
        std::exit(1);
    }
    connection.received += static_cast<std::size_t>(got);
    if (connection.received < message_size) return false;
    connection.received = 0;
    if (--connection.left == 0) return true;
    send_message(connection);
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 64;
    const int port = std::atoi(argv[1]);
    std::vector<Connection> connections(std::strtoul(argv[2], nullptr, 10));
    const long messages = std::strtol(argv[3], nullptr, 10);
    const long each = messages / static_cast<long>(connections.size());
    const int poller = ::epoll_create1(EPOLL_CLOEXEC);
    for (Connection& connection : connections) {
        connection.fd = connect_to(port);
        connection.left = each;
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &connection;
        ::epoll_ctl(poller, EPOLL_CTL_ADD, connection.fd, &event);
    }
    for (const Connection& connection : connections) send_message(connection);
    std::size_t busy = connections.size();
    epoll_event events[128];
    while (busy > 0) {
        const int count = ::epoll_wait(poller, events, 128, -1);
        for (int i = 0; i < count; ++i) {
            auto& connection = *static_cast<Connection*>(events[i].data.ptr);
            if (!receive(connection)) continue;
            // A server that has done its work may close it first.
            ::epoll_ctl(poller, EPOLL_CTL_DEL, connection.fd, nullptr);
            --busy;
        }
    }
    for (const Connection& connection : connections) ::close(connection.fd);
    ::close(poller);
}
