// models-asio.cpp - what corolint knows of Asio
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "asio_mock.h"
#include "installed_runner.h"

using namespace std::chrono_literals;
using namespace boost::asio::experimental::awaitable_operators;
namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

awaitable<void> work();
void use(std::size_t size);

// Operations that stop the thread, or that nobody awaits

awaitable<void> bad_synchronous(tcp::resolver &resolver, tcp::socket &socket,
                                tcp::acceptor &acceptor, asio::steady_timer &timer) {
  // CHECK: :[[@LINE+1]]:25: warning: 'boost::asio::ip::basic_resolver::resolve' blocks the event loop in coroutine 'bad_synchronous' [coro-blocking-call]
  auto found = resolver.resolve("host", "80");
  // CHECK: :[[@LINE+1]]:3: warning: 'boost::asio::connect' blocks the event loop in coroutine 'bad_synchronous' [coro-blocking-call]
  asio::connect(socket, found);
  // CHECK: :[[@LINE+1]]:31: warning: 'boost::asio::basic_socket_acceptor::accept' blocks the event loop in coroutine 'bad_synchronous' [coro-blocking-call]
  tcp::socket peer = acceptor.accept();
  // CHECK: :[[@LINE+1]]:9: warning: 'boost::asio::basic_waitable_timer::wait' blocks the event loop in coroutine 'bad_synchronous' [coro-blocking-call]
  timer.wait();
  co_return;
}

awaitable<void> bad_dropped(asio::steady_timer &timer) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'boost::asio::basic_waitable_timer::async_wait' returns is never awaited, so its work never starts [coro-discarded-task]
  timer.async_wait();
  // CHECK: :[[@LINE+1]]:3: warning: what 'boost::asio::basic_waitable_timer::async_wait' returns is never awaited, so its work never starts [coro-discarded-task]
  timer.async_wait(asio::deferred);
  // CHECK: :[[@LINE+1]]:3: warning: what 'boost::asio::basic_waitable_timer::async_wait' returns is never awaited, so its work never starts [coro-discarded-task]
  timer.async_wait(use_awaitable);
  co_return;
}

awaitable<void> good_deferred(asio::steady_timer &timer) {
  co_await timer.async_wait();
  co_await timer.async_wait(asio::deferred);
  auto operation = timer.async_wait(asio::deferred);
  co_await std::move(operation);
}

// Two at a time

awaitable<void> bad_operators() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'boost::asio::experimental::awaitable_operators::operator&&' returns is never awaited, so its work never starts [coro-discarded-task]
  work() && work();
  // CHECK: :[[@LINE+1]]:8: warning: 'either' is never awaited, so its work never starts [coro-unawaited-task]
  auto either = work() || work();
  co_return;
}

awaitable<void> good_operators(tcp::socket &socket) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(1s);
  char buffer[8];
  auto first = co_await (socket.async_read_some(asio::buffer(buffer), use_awaitable) ||
                         timer.async_wait(use_awaitable));
  use(first.index());
  auto one = work(), two = work();
  co_await (std::move(one) && std::move(two));
}

// Errors as values

awaitable<void> good_values(tcp::socket &socket) {
  char buffer[8];
  auto [error, size] =
      co_await socket.async_read_some(asio::buffer(buffer), asio::as_tuple(use_awaitable));
  if (error)
    co_return;
  use(size);
  // On the way out, nobody minds.
  co_await socket.async_write_some(asio::buffer(buffer), asio::as_tuple(use_awaitable));
}

// That it was cancelled is one of the errors, and the loop goes on.
awaitable<void> known_miss_cancelled(tcp::socket &socket) {
  char buffer[8];
  for (;;) {
    auto [error, size] =
        co_await socket.async_read_some(asio::buffer(buffer), asio::as_tuple(use_awaitable));
    if (error)
      continue;
    use(size);
  }
}

// The socket was told not to block.
awaitable<void> good_nonblocking(tcp::socket &socket) {
  char buffer[8];
  socket.non_blocking(true);
  use(socket.read_some(asio::buffer(buffer)));
  co_return;
}

// A server, as the examples of Asio write it

awaitable<void> good_echo(tcp::socket socket) {
  try {
    char data[1024];
    for (;;) {
      std::size_t size = co_await socket.async_read_some(asio::buffer(data), use_awaitable);
      co_await asio::async_write(socket, asio::buffer(data, size), use_awaitable);
    }
  } catch (std::exception &error) {
    std::cerr << error.what();
  }
}

awaitable<void> good_listener() {
  auto executor = co_await asio::this_coro::executor;
  tcp::acceptor acceptor(executor, tcp::endpoint(tcp::v4(), 5555));
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
    asio::co_spawn(executor, good_echo(std::move(socket)), asio::detached);
  }
}

class Session : public std::enable_shared_from_this<Session> {
public:
  explicit Session(tcp::socket socket)
      : socket(std::move(socket)), timer(this->socket.get_executor()) {}
  void good_start() {
    asio::co_spawn(socket.get_executor(),
                   [self = shared_from_this()] { return self->reader(); }, asio::detached);
    asio::co_spawn(socket.get_executor(),
                   [self = shared_from_this()] { return self->writer(); }, asio::detached);
  }

private:
  awaitable<void> reader() {
    try {
      char data[8];
      for (;;)
        co_await socket.async_read_some(asio::buffer(data), use_awaitable);
    } catch (std::exception &) {
      stop();
    }
  }
  awaitable<void> writer() {
    try {
      while (socket.is_open())
        co_await timer.async_wait(use_awaitable);
    } catch (std::exception &) {
      stop();
    }
  }
  void stop() {
    socket.close();
    timer.cancel();
  }
  tcp::socket socket;
  asio::steady_timer timer;
};

int main() {
  asio::io_context context(1);
  asio::signal_set signals(context, 2);
  signals.async_wait([&](auto, auto) { context.stop(); });
  asio::co_spawn(context, good_listener(), asio::detached);
  context.run();
}

// Contexts of libraries that no model knows

void good_context_of_another_library() {
  InstalledContext context;
  std::string text = "a";
  asio::co_spawn(context, [&]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    use(text.size());
  }, asio::detached);
  context.run();
}
void good_executor_of_another_library(const std::unique_ptr<InstalledContext> &context) {
  std::string text = "a";
  asio::co_spawn(context->get_executor(), [&]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    use(text.size());
  }, asio::detached);
  context->run();
}
void bad_another_context_runs(InstalledContext &context, InstalledContext &other) {
  std::string text = "a";
  // CHECK: :[[@LINE+1]]:3: warning: this coroutine lambda captures 'text', which dies before the coroutine has ended [coro-lambda-capture]
  asio::co_spawn(context, [&]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    use(text.size());
  }, asio::detached);
  other.run();
}
