// epoll_peer.cpp - an echo server on bare epoll, the floor
#include "measure.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <string_view>

namespace {

int listen_somewhere() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd, 1024) != 0) std::exit(1);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    bench::announce(ntohs(address.sin_port));
    return fd;
}

void watch(int poller, int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    ::epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

std::uint64_t echo(std::uint64_t bytes) {
    const int poller = ::epoll_create1(EPOLL_CLOEXEC);
    const int listener = listen_somewhere();
    watch(poller, listener);
    std::uint64_t sum = 0;
    epoll_event events[128];
    while (sum < bytes) {
        const int count = ::epoll_wait(poller, events, 128, -1);
        for (int i = 0; i < count; ++i) {
            const int fd = events[i].data.fd;
            if (fd == listener) {
                const int accepted = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
                const int on = 1;
                ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                watch(poller, accepted);
                continue;
            }
            char buffer[4096];
            const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
            if (got > 0 && ::send(fd, buffer, static_cast<std::size_t>(got), MSG_NOSIGNAL) == got)
                sum += static_cast<std::uint64_t>(got);
            else
                ::close(fd);
        }
    }
    return sum;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 || std::string_view(argv[1]) != "echo") return 64;
    const long count = std::strtol(argv[2], nullptr, 10);
    const bench::Measurement measurement;
    const std::uint64_t checksum = echo(static_cast<std::uint64_t>(count) * 64);
    measurement.report(argv[1], count, checksum);
}
