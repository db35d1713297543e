// coro-detached-unobserved.cpp - tasks whose end nobody sees
//
// RUN: %findings --strict %s %flags | %expect %s

#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "asio_use_future_mock.h"
#include "libcoro_mock.h"

namespace asio = boost::asio;

aio::Coro<int> fetch(int number) {
  co_await aio::yield();
  co_return number;
}
aio::Coro<int> parse(const char *text) { co_return std::stoi(text); }
aio::Coro<> flush() { co_await aio::yield(); }
asio::awaitable<void> session(int socket);
asio::awaitable<int> answer();
void report(std::exception_ptr error);
void log(const char *what);

// asio

void bad_tokens(asio::any_io_executor executor) {
  // CHECK: :[[@LINE+1]]:3: warning: 'boost::asio::co_spawn' detaches the task: nobody sees how the task ends, and its errors are lost [coro-detached-unobserved]
  asio::co_spawn(executor, session(1), asio::detached);
  // CHECK: :[[@LINE+1]]:3: warning: 'boost::asio::co_spawn' detaches the task
  asio::co_spawn(executor, []() -> asio::awaitable<void> { co_await session(2); }, asio::detached);
}

asio::awaitable<void> bad_in_a_coroutine(asio::io_context &context) {
  for (int socket = 0; socket < 3; ++socket)
    // CHECK: :[[@LINE+1]]:5: warning: 'boost::asio::co_spawn' detaches the task
    asio::co_spawn(context, session(socket), asio::detached);
  co_return;
}

void bad_handlers(asio::any_io_executor executor) {
  // CHECK: :[[@LINE+1]]:40: warning: this handler does not look at the error of the task that 'boost::asio::co_spawn' starts: it is lost
  asio::co_spawn(executor, session(1), [](std::exception_ptr) { log("done"); });
  // CHECK: :[[@LINE+1]]:40: warning: this handler does not look at the error
  asio::co_spawn(executor, session(1), [](std::exception_ptr error) {});
  // CHECK: :[[@LINE+1]]:40: warning: this handler does not look at the error
  asio::co_spawn(executor, session(1), [](auto) {});
  // CHECK: :[[@LINE+1]]:40: warning: this handler does not look at the error
  asio::co_spawn(executor, session(1), [](auto &&...) {});
}

void bad_future(asio::any_io_executor executor) {
  // CHECK: :[[@LINE+1]]:3: warning: the handle that 'boost::asio::co_spawn' returns is dropped
  asio::co_spawn(executor, answer(), asio::use_future);
  // CHECK: :[[@LINE+1]]:8: warning: 'result' holds a running task and is never used
  auto result = asio::co_spawn(executor, answer(), asio::use_future);
}

/// One await stands outside of the handler.
asio::awaitable<void> half_handled() {
  co_await session(1);
  try {
    co_await session(2);
  } catch (...) {
    log("failed");
  }
}

/// A special error is caught, others are not.
struct Timeout {};
asio::awaitable<void> handles_one() {
  try {
    co_await session(2);
  } catch (const Timeout &) {
    log("late");
  }
}

void bad_half_handled(asio::any_io_executor executor) {
  // CHECK: :[[@LINE+1]]:3: warning: 'boost::asio::co_spawn' detaches the task
  asio::co_spawn(executor, half_handled(), asio::detached);
  // CHECK: :[[@LINE+1]]:3: warning: 'boost::asio::co_spawn' detaches the task
  asio::co_spawn(executor, handles_one(), asio::detached);
}

// aio

aio::Coro<> bad_handles(aio::Loop &loop) {
  // CHECK: :[[@LINE+1]]:3: warning: the handle that 'aio::create_task' returns is dropped: nobody sees how the task ends, and its errors are lost
  aio::create_task(flush());
  // CHECK: :[[@LINE+1]]:3: warning: the handle that 'aio::Loop::create_task' returns is dropped
  loop.create_task(fetch(1));
  // CHECK: :[[@LINE+1]]:8: warning: 'task' holds a running task and is never used
  auto task = aio::create_task(fetch(1));
  // CHECK: :[[@LINE+1]]:3: warning: the handle that 'aio::create_task' returns is dropped
  aio::create_task(parse("1"));
  // CHECK: :[[@LINE+1]]:15: warning: 'again' holds a running task and is never used
  aio::Task<> again = aio::create_task(flush());
  // CHECK: :[[@LINE+1]]:3: warning: the handle that 'aio::run_coroutine_threadsafe' returns is dropped
  aio::run_coroutine_threadsafe(loop, flush());
  co_return;
}

void bad_callback(aio::Loop &loop) {
  loop.call_soon([] {
    // CHECK: :[[@LINE+1]]:5: warning: the handle that 'aio::create_task' returns is dropped
    aio::create_task(flush());
  });
}

template <class T> void bad_template(T work) {
  // CHECK: :[[@LINE+1]]:3: warning: the handle that 'aio::create_task' returns is dropped
  aio::create_task(flush());
}
template void bad_template(int);

// Silent: somebody sees it

void good_handlers(asio::any_io_executor executor) {
  asio::co_spawn(executor, session(1), [](std::exception_ptr error) {
    if (error)
      report(error);
  });
  asio::co_spawn(executor, session(1), [](auto error, auto...) { report(error); });
  asio::co_spawn(executor, session(1), report);
  asio::co_spawn(executor, session(1), std::bind(report, std::exception_ptr()));
  auto result = asio::co_spawn(executor, answer(), asio::use_future);
  result.get();
}

asio::awaitable<void> good_awaited(asio::any_io_executor executor) {
  co_await asio::co_spawn(executor, session(1), asio::use_awaitable);
}

aio::Coro<> good_handles(std::vector<aio::Task<>> &running) {
  auto task = aio::create_task(fetch(1));
  co_await task;
  running.push_back(aio::create_task(flush()));
  aio::create_task(flush()).add_done_callback([](const auto &) {});
  co_await aio::create_task(flush());
  auto logged = aio::create_task(flush());
  logged.cancel();
}

aio::Task<> good_returned() { return aio::create_task(flush()); }

aio::Coro<> good_group() {
  co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
    group.create_task(flush());
    group.create_task(fetch(1));
    co_return;
  });
}

namespace cppcoro {
class async_scope {
public:
  template <class Work> void spawn(Work &&work);
};
} // namespace cppcoro

void good_scope(cppcoro::async_scope &scope, aio::Coro<> work) {
  scope.spawn(std::move(work));
}

aio::Coro<> good_said_so() { (void)aio::create_task(flush()); co_return; }

// Silent: it handles its errors itself

asio::awaitable<void> handled() {
  int count = 0;
  try {
    co_await session(count);
  } catch (const std::exception &error) {
    log(error.what());
  }
}

asio::awaitable<void> handled_forever() {
  for (;;) {
    try {
      co_await session(1);
    } catch (...) { // NOLINT(coro-swallowed-cancellation)
      log("failed");
    }
  }
}

struct Peer {
  asio::awaitable<void> reader() {
    try {
      co_await session(1);
    } catch (std::exception &) {
    }
  }
  void start(asio::any_io_executor executor) {
    asio::co_spawn(executor, [this] { return reader(); }, asio::detached);
  }
};

aio::Coro<> cannot_fail() { co_return; }

void good_handles_its_errors(asio::any_io_executor executor) {
  asio::co_spawn(executor, handled(), asio::detached);
  asio::co_spawn(executor, handled_forever(), asio::detached);
  asio::co_spawn(executor, handled, asio::detached);
  aio::create_task(cannot_fail());
  asio::co_spawn(
      executor,
      []() -> asio::awaitable<void> {
        try {
          co_await session(1);
        } catch (...) {
        }
      },
      asio::detached);
}

// Silent: it lives as long as the loop

void good_server() {
  asio::io_context context;
  asio::co_spawn(context, session(1), asio::detached);
  context.run();
}

int main() {
  asio::io_context context;
  asio::co_spawn(context, session(1), asio::detached);
}

// Silent: a function that is there to detach

void spawn_detached(asio::any_io_executor executor, int socket) {
  asio::co_spawn(executor, session(socket), asio::detached);
}
template <class F> void good_wrapper(asio::any_io_executor executor, F work) {
  asio::co_spawn(executor, std::move(work), asio::detached);
  asio::co_spawn(executor, work(), asio::detached);
}
template void good_wrapper(asio::any_io_executor, asio::awaitable<void> (*)());

// A number is no handle

void good_tells_whether_it_began(coro::thread_pool &pool, coro::task<void> &work) {
  pool.resume(work.handle());
}
