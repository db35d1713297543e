// boost_asio.cpp - an echo server over Boost.Asio
#include <boost/asio.hpp>

#include <chrono>
#include <iostream>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

static void settle() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

asio::awaitable<void> echo(tcp::socket Socket) {
  char Data[1024];
  for (;;) {
    std::size_t Size = co_await Socket.async_read_some(asio::buffer(Data), asio::use_awaitable);
    settle();
    co_await asio::async_write(Socket, asio::buffer(Data, Size), asio::use_awaitable);
  }
}

asio::awaitable<void> listen() {
  auto Executor = co_await asio::this_coro::executor;
  tcp::acceptor Acceptor(Executor, {tcp::v4(), 5555});
  for (;;) {
    tcp::socket Socket = co_await Acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(Executor, echo(std::move(Socket)), asio::detached);
  }
}

int main() {
  asio::io_context Context(1);
  asio::co_spawn(Context, listen(), asio::detached);
  Context.run();
}
