// coro-loop-affinity.cpp - objects of a loop used from other threads
// RUN: %findings --strict --check=coro-loop-affinity %s %flags | %expect %s

#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include <aio/aio.h>

#include "asio_mock.h"
#include "cppcoro_mock.h"

namespace asio = boost::asio;
using asio::ip::tcp;

void work();

// aio

aio::Coro<> bad_event(aio::Event &event) {
  std::thread worker([&] {
    work();
    // CHECK: :[[@LINE+2]]:5: warning: 'aio::Event::set' is called on 'event' from another thread, while its loop may use it [coro-loop-affinity]
    // CHECK-NEXT: note: this is given to another thread here
    event.set();
  });
  worker.detach();
  co_await event.wait();
}

aio::Coro<> bad_to_thread(aio::Queue<int> &queue) {
  // CHECK: :[[@LINE+1]]:33: warning: 'aio::detail::BasicQueue::put_nowait' is called on 'queue' from another thread, while its loop may use it [coro-loop-affinity]
  co_await aio::to_thread([&] { queue.put_nowait(1); });
}

aio::Coro<> one();

aio::Coro<> bad_create_task() {
  co_await aio::to_thread([] {
    // CHECK: :[[@LINE+1]]:5: warning: 'aio::create_task' runs on another thread; only the loop's thread may call it [coro-loop-affinity]
    aio::create_task(one());
  });
}

aio::Coro<> bad_call_soon(aio::Loop &loop) {
  std::thread worker([&loop] {
    // CHECK: :[[@LINE+1]]:5: warning: 'aio::Loop::call_soon' is called on 'loop' from another thread, while its loop may use it [coro-loop-affinity]
    loop.call_soon(work);
  });
  worker.detach();
  co_return;
}

aio::Coro<> bad_future(aio::Future<int> future) {
  std::thread([future]() mutable {
    // CHECK: :[[@LINE+1]]:5: warning: 'aio::Future::set_result' is called on 'future' from another thread, while its loop may use it [coro-loop-affinity]
    future.set_result(1);
  }).detach();
  co_await future;
}

aio::Coro<> good_threadsafe(aio::Loop &loop, aio::Event &event) {
  std::thread worker([&] {
    work();
    loop.call_soon_threadsafe([&] { event.set(); });
  });
  worker.detach();
  co_await event.wait();
}

void good_loop_of_the_thread(aio::Event &event) {
  std::thread worker([&] {
    aio::run([](aio::Event &mine) -> aio::Coro<> {
      mine.set();
      co_return;
    }(event));
  });
  worker.join();
}

// Asio: cancelling a timer from another thread is the classic

void bad_cancel(asio::io_context &io, asio::steady_timer &timer) {
  std::thread watchdog([&timer] {
    // CHECK: :[[@LINE+1]]:5: warning: 'boost::asio::basic_waitable_timer::cancel' is called on 'timer' from another thread, while its loop may use it [coro-loop-affinity]
    timer.cancel();
  });
  io.run();
  watchdog.join();
}

void bad_shared(asio::io_context &io, std::shared_ptr<tcp::socket> socket) {
  std::jthread watchdog([socket] {
    // CHECK: :[[@LINE+1]]:5: warning: 'boost::asio::basic_socket::close' is called on 'socket' from another thread, while its loop may use it [coro-loop-affinity]
    socket->close();
  });
  io.run();
}

void close_it(tcp::socket &socket) {
  // CHECK: :[[@LINE+1]]:3: warning: 'boost::asio::basic_socket::close' is called on 'socket' from another thread, while its loop may use it [coro-loop-affinity]
  socket.close();
}

void bad_function(asio::io_context &io, tcp::socket &socket) {
  std::thread closer(close_it, std::ref(socket));
  io.run();
  closer.join();
}

class Session {
public:
  explicit Session(asio::io_context &io) : socket_(io), timer_(io) {}
  void bad_member() {
    thread_ = std::thread(&Session::watch, this);
    other_ = std::thread([this] { stop(); });
  }
  void good_post() {
    thread_ = std::thread([this] {
      work();
      asio::post(timer_.get_executor(), [this] { timer_.cancel(); });
    });
  }

private:
  void watch() {
    work();
    // CHECK: :[[@LINE+1]]:5: warning: 'boost::asio::basic_waitable_timer::cancel' is called on 'timer_' from another thread, while its loop may use it [coro-loop-affinity]
    timer_.cancel();
  }
  // CHECK: :[[@LINE+1]]:17: warning: 'boost::asio::basic_socket::close' is called on 'socket_' from another thread, while its loop may use it [coro-loop-affinity]
  void stop() { socket_.close(); }
  tcp::socket socket_;
  asio::steady_timer timer_;
  std::thread thread_, other_;
};

asio::awaitable<void> bad_pool(asio::thread_pool &pool, asio::steady_timer &timer) {
  // CHECK: :[[@LINE+1]]:31: warning: 'boost::asio::basic_waitable_timer::cancel' is called on 'timer' from another thread, while its loop may use it [coro-loop-affinity]
  asio::post(pool, [&timer] { timer.cancel(); });
  co_return;
}

// The documented thread-safe subset

void good_stop(asio::io_context &io, asio::steady_timer &timer) {
  std::thread watchdog([&] {
    io.stop();
    asio::post(io, [&timer] { timer.cancel(); });
  });
  io.run();
  watchdog.join();
}

// The thread's own objects and its own loop

void good_own_objects() {
  std::thread worker([] {
    asio::io_context io;
    tcp::socket socket(io);
    socket.close();
  });
  worker.detach();
}

void good_loop_in_the_thread(asio::io_context &io, asio::steady_timer &timer) {
  std::thread worker([&] {
    timer.cancel();
    io.run();
  });
  worker.detach();
}

void good_moved_in(tcp::socket socket) {
  std::thread worker([mine = std::move(socket)]() mutable { mine.close(); });
  worker.detach();
}

void good_timer_of_the_pool() {
  asio::thread_pool pool;
  asio::steady_timer timer(pool);
  asio::post(pool, [&timer] { timer.cancel(); });
  pool.join();
}

// A join before the loop runs, or while it stands still

void good_joined(asio::io_context &io, asio::steady_timer &timer) {
  std::thread worker([&timer] { timer.cancel(); });
  worker.join();
  io.run();
}

void good_joined_by_the_scope(asio::io_context &io, asio::steady_timer &timer) {
  {
    std::jthread worker([&timer] { timer.cancel(); });
    work();
  }
  io.run();
}

// After a switch to a pool

cppcoro::task<> bad_switched(cppcoro::static_thread_pool &pool, aio::Event &event) {
  co_await pool.schedule();
  // CHECK: :[[@LINE+2]]:3: warning: 'aio::Event::set' is called on 'event' from another thread, while its loop may use it [coro-loop-affinity]
  // CHECK-NEXT: note: the coroutine leaves the loop's thread here
  event.set();
}

cppcoro::task<> good_switched_back(cppcoro::static_thread_pool &pool,
                                   cppcoro::io_service &io, aio::Event &event) {
  co_await pool.schedule();
  work();
  co_await io.schedule();
  event.set();
}

// Started elsewhere: whoever calls it on a thread is not seen here.
void known_miss_free_function(asio::steady_timer &timer) { timer.cancel(); }

void known_miss_passed_on(asio::io_context &io, asio::steady_timer &timer) {
  std::thread watchdog([&timer] { known_miss_free_function(timer); });
  io.run();
  watchdog.join();
}

// A strand is as good as the loop

void good_strand(asio::io_context &io, asio::steady_timer &timer) {
  auto strand = asio::make_strand(io);
  std::thread watchdog([&] {
    asio::post(strand, [&timer] { timer.cancel(); });
    asio::dispatch(timer.get_executor(), [&timer] { timer.cancel(); });
  });
  io.run();
  watchdog.join();
}

// The thread has ended before the loop's objects are used
void good_run_by_the_thread() {
  asio::io_context io;
  asio::steady_timer timer(io);
  std::thread worker([&io] { io.run(); });
  worker.join();
  timer.cancel();
}
