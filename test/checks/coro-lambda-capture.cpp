// coro-lambda-capture.cpp - captures of coroutine lambdas that die too early
//
// RUN: %findings %s %flags | %expect %s

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "asio_use_future_mock.h"
#include "installed_runner.h"
#include "seastar_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;
using namespace std::chrono_literals;

void use(const std::string &text);
void look(int number);

// Called on the spot, and the task is kept

aio::Coro<> bad_called_at_once() {
  std::string name = "a";
  // CHECK: :[[@LINE+1]]:15: warning: the captures of this coroutine lambda die at the end of this expression, before the coroutine has ended [coro-lambda-capture]
  auto work = [name]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    use(name);
  }();
  co_await std::move(work);
}
aio::Coro<> bad_spawned_at_once(int number) {
  // CHECK: :[[@LINE+1]]:32: warning: the captures of this coroutine lambda die
  auto task = aio::create_task([number]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  }());
  co_await task;
}
struct Worker {
  int left = 3;
  void bad_detached(asio::io_context &context) {
    // CHECK: :[[@LINE+2]]:9: warning: the captures of this coroutine lambda die
    asio::co_spawn(context,
        [this]() -> asio::awaitable<void> {
          co_await asio::this_coro::executor;
          look(left);
        }(), asio::detached);
  }
};
mini::task<> bad_task_that_no_model_knows(int number) {
  // CHECK: :[[@LINE+1]]:10: warning: the captures of this coroutine lambda die
  return [number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  }();
}
template <class T> aio::Coro<> bad_in_a_template(T value) {
  // CHECK: :[[@LINE+1]]:15: warning: the captures of this coroutine lambda die
  auto work = [value](auto more) -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(value + more);
  }(2);
  co_await std::move(work);
}
template aio::Coro<> bad_in_a_template(int);
// The closure has a name

aio::Coro<> bad_named(int number) {
  auto body = [number]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  };
  // CHECK: :[[@LINE+1]]:10: warning: the captures of the coroutine lambda in 'body' die with it, before the coroutine has ended
  return body();
}
template <class F> aio::Coro<> call(F body) {
  // CHECK: :[[@LINE+1]]:10: warning: the captures of the coroutine lambda in 'body' die with it
  return body();
}
aio::Coro<> calls_with_a_capture(int number) {
  co_await call([number]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  });
}
void bad_captures_a_local_by_reference(asio::io_context &context) {
  int number = 1;
  // CHECK: :[[@LINE+1]]:3: warning: this coroutine lambda captures 'number', which dies before the coroutine has ended
  asio::co_spawn(context, [&]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    look(number);
  }, asio::detached);
}
aio::Coro<> bad_in_a_loop() {
  std::vector<aio::Coro<>> all;
  for (int i = 0; i < 3; ++i) {
    auto body = [i]() -> aio::Coro<> {
      co_await aio::sleep(1ms);
      look(i);
    };
    // CHECK: :[[@LINE+1]]:19: warning: the captures of the coroutine lambda in 'body' die with it
    all.push_back(body());
  }
  co_await aio::gather(std::move(all));
}

// Libraries that drop the closure once it has returned

seastar::future<> bad_continuation(int number) {
  // CHECK: :[[@LINE+1]]:44: warning: this call drops the coroutine lambda as soon as it has returned a task; its captures die with it
  return seastar::make_ready_future().then([number]() -> seastar::future<> {
    co_await seastar::sleep(1ms);
    look(number);
  });
}
seastar::future<> bad_awaited_continuation(int number) {
  // CHECK: :[[@LINE+1]]:46: warning: this call drops the coroutine lambda
  co_await seastar::make_ready_future().then([number]() -> seastar::future<> {
    co_await seastar::sleep(1ms);
    look(number);
  });
}
seastar::future<> good_kept_by_a_wrapper(int number) {
  co_await seastar::make_ready_future().then(
      seastar::coroutine::lambda([number]() -> seastar::future<> {
        co_await seastar::sleep(1ms);
        look(number);
      }));
}
seastar::future<> bad_wrapper_does_not_keep(int number) {
  return seastar::make_ready_future().then(
      // CHECK: :[[@LINE+1]]:34: warning: the captures of this coroutine lambda die
      seastar::coroutine::lambda([number]() -> seastar::future<> {
        co_await seastar::sleep(1ms);
        look(number);
      }));
}
seastar::future<> good_read_before_the_suspension(int number) {
  return seastar::make_ready_future().then([number]() -> seastar::future<> {
    look(number);
    co_await seastar::sleep(1ms);
  });
}

// In time

aio::Coro<> good_awaited_at_once(int number) {
  co_await [number]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  }();
  co_await aio::gather([number]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  }(), [&]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  }());
}
int good_run(int number) {
  return aio::run([&]() -> aio::Coro<int> {
    co_await aio::sleep(1ms);
    co_return number;
  }());
}
aio::Coro<> good_named_and_awaited(int number) {
  auto body = [&]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  };
  auto work = body();
  co_await std::move(work);
  auto task = aio::create_task(body());
  co_await task;
}
void good_moved_into_the_frame(asio::io_context &context, int number) {
  asio::co_spawn(context, [number]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    look(number);
  }, asio::detached);
}
void good_task_owns_the_closure(int number) {
  aio::create_task([number]() -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  });
}
aio::Coro<> good_group(int number) {
  co_await aio::with_task_group([&](aio::TaskGroup &group) -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  });
}
void good_parameters_instead(int number) {
  aio::create_task([](int number) -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  }(number));
}
aio::Coro<> good_capture_is_not_used(int number) {
  auto work = [number]() -> aio::Coro<> { co_await aio::sleep(1ms); }();
  co_await std::move(work);
}
aio::Coro<int> answer(int number) { co_return number; }
aio::Coro<int> good_no_coroutine(int number) {
  return [&number] { return answer(number); }();
}
int main() {
  asio::io_context context;
  int number = 1;
  asio::co_spawn(context, [&]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    look(number);
  }, asio::detached);
  context.run();
}

void good_waits_in_the_same_expression(asio::io_context &context, int number) {
  asio::co_spawn(context, [&]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    look(number);
  }(), asio::use_future).wait();
}
void good_asks_until_it_is_done(asio::io_context &context) {
  std::atomic<bool> done = false;
  asio::co_spawn(context, [&]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    done = true;
  }, asio::detached);
  while (!done.load())
    ;
}
#define THROWS(what)                                                                               \
  do {                                                                                             \
    try {                                                                                          \
      (what);                                                                                      \
    } catch (int) {                                                                                \
    }                                                                                              \
  } while (failed())
bool failed();
seastar::future<> good_macro_runs_once(int number) {
  return seastar::make_ready_future().then([number]() -> seastar::future<> {
    THROWS(co_await seastar::sleep(std::chrono::seconds(number)));
  });
}
mini::generator<mini::task<>> good_yielded(int number) {
  // Who takes the task may await it before the generator goes on.
  co_yield [number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  }();
}
void good_generator_never_runs(int number) {
  auto numbers = [number]() -> mini::generator<int> { co_yield number; }();
}

// A handler that is stored: when it is destroyed is not known

struct Button {
  std::function<mini::task<>()> clicked;
};
void known_miss_stored_handler(Button &button, int number) {
  button.clicked = [number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  };
}

// Nothing is waited for between the start and the end

aio::Coro<> bad_ends_at_once(int number) {
  auto work = [number]() -> aio::Coro<> {
    co_await aio::yield();
    look(number);
  };
  // CHECK: :[[@LINE+1]]:20: warning: the captures of the coroutine lambda in 'work' die with it
  aio::create_task(work());
  co_return;
}

// Who runs the task may wait for what it starts, too

void good_run_by_another() {
  int number = 0;
  const auto waiting = [&]() -> aio::Coro<> {
    co_await aio::yield();
    look(number);
  };
  const auto body = [&]() -> aio::Coro<> {
    auto task = aio::create_task(waiting());
    co_await aio::yield();
  };
  run_to_its_end(body());
}

// In a function object, which owns the closure

mini::task<> bad_function_in_a_scope() {
  mini::task<> work;
  {
    int number = 1;
    std::function<mini::task<>()> make = [number]() -> mini::task<> {
      co_await mini::sleep_for(1ms);
      look(number);
    };
    // CHECK: :[[@LINE+1]]:12: warning: the captures of the coroutine lambda in 'make' die with it, before the coroutine has ended [coro-lambda-capture]
    work = make();
  }
  co_await std::move(work);
}
mini::task<> bad_function_returned(int number) {
  std::function<mini::task<>()> make = [number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  };
  // CHECK: :[[@LINE+1]]:10: warning: the captures of the coroutine lambda in 'make' die with it, before the coroutine has ended [coro-lambda-capture]
  return make();
}
mini::task<> bad_temporary_function(int number) {
  // CHECK: :[[@LINE+1]]:10: warning: the captures of this coroutine lambda die at the end of this expression, before the coroutine has ended [coro-lambda-capture]
  return std::function<mini::task<>()>([number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  })();
}
mini::task<> good_functions(int number, std::vector<std::function<mini::task<>()>> &kept) {
  std::function<mini::task<>()> make = [number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  };
  co_await make();
  auto work = make();
  co_await std::move(work);
  auto last = make();
  kept.push_back(std::move(make));
  co_await std::move(last);
}
mini::task<> good_function_moved_on(int number, std::vector<std::function<mini::task<>()>> &kept) {
  std::function<mini::task<>()> make = [number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  };
  auto work = make();
  kept.push_back(std::move(make));
  return work;
}
mini::task<> good_one_of_two(bool first, std::function<mini::task<>()> other) {
  std::function<mini::task<>()> make = [first]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(first);
  };
  if (first)
    make = other;
  return make();
}
mini::task<> known_miss_function_emptied(int number) {
  std::function<mini::task<>()> make = [number]() -> mini::task<> {
    co_await mini::sleep_for(1ms);
    look(number);
  };
  auto work = make();
  make = nullptr;
  co_await std::move(work);
}

// A lambda that calls one, and a library that keeps it

void good_kept_by_another() {
  int number = 0;
  auto adds = [&number] {
    return [](int value) -> mini::task<> {
      co_await mini::sleep_for(1ms);
      look(value);
    }(number);
  };
  mini::spawn(adds());
}
seastar::future<> good_runs_the_loop(int number) {
  co_await seastar::repeat([number]() -> seastar::future<> {
    co_await seastar::sleep(1ms);
    look(number);
  });
}
