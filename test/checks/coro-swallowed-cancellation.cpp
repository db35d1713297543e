// coro-swallowed-cancellation.cpp - handlers that take cancellation and go on
//
// RUN: %findings --strict --check=coro-swallowed-cancellation %s %flags | %expect %s

#include <aio/aio.h>

#include <atomic>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>

#include "asio_mock.h"
#include "task_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace cppcoro {
class operation_cancelled : public std::exception {};
class cancellation_token {
public:
  bool is_cancellation_requested() const noexcept;
};
} // namespace cppcoro

aio::Coro<int> fetch();
aio::Coro<> step();
aio::Coro<> save(int value);
void log(const char *text);
bool enabled();

// Textbook forms

aio::Coro<> bad_loop_that_cannot_be_ended() {
  while (true) {
    try {
      co_await step();
      // CHECK: :[[@LINE+3]]:7: warning: cancellation is caught here and the loop goes on, so the coroutine cannot be ended [coro-swallowed-cancellation]
      // CHECK-NEXT: :[[@LINE-2]]:7: note: cancellation is thrown by this co_await
      // CHECK-NEXT: :[[@LINE-3]]:7: note: the coroutine waits again here
    } catch (...) {
      log("step failed");
    }
  }
}

// Cancellation is how the loop ends; what comes after it cleans up.
aio::Coro<> good_loop_that_is_ended() {
  try {
    while (true)
      co_await step();
  } catch (const aio::CancelledError &) {
  }
  co_await save(1);
}

aio::Coro<> bad_by_name() {
  try {
    co_await step();
    // CHECK: :[[@LINE+1]]:5: warning: cancellation is caught here and the coroutine goes on as if nobody had cancelled it
  } catch (const aio::CancelledError &) {
  }
  co_await save(1);
}

aio::Coro<> bad_by_base() {
  try {
    co_await step();
    // CHECK: :[[@LINE+1]]:5: warning: cancellation is caught here and the coroutine goes on
  } catch (const aio::BaseError &error) {
    log(error.what());
  }
  co_await save(1);
}

aio::Coro<> bad_after_other_handlers() {
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      co_await step();
      co_return;
    } catch (const std::exception &error) {
      log(error.what());
      // CHECK: :[[@LINE+1]]:7: warning: cancellation is caught here and the coroutine goes on
    } catch (...) {
      log("something else");
    }
    co_await aio::sleep(1s);
  }
}

aio::Coro<int> bad_value_in_its_place() {
  int value = 0;
  try {
    value = co_await fetch();
    // CHECK: :[[@LINE+1]]:5: warning: cancellation is caught here and the coroutine goes on
  } catch (...) {
    value = -1;
  }
  co_await save(value);
  co_return value;
}

aio::Coro<> bad_retry_that_counts() {
  int attempts = 0;
  while (attempts < 5) {
    try {
      co_await step();
      break;
      // CHECK: :[[@LINE+1]]:7: warning: cancellation is caught here and the loop goes on
    } catch (...) {
      ++attempts;
    }
  }
}

struct Worker {
  aio::Coro<> bad_member() {
    for (;;) {
      try {
        co_await step();
        // CHECK: :[[@LINE+1]]:9: warning: cancellation is caught here and the loop goes on
      } catch (aio::CancelledError &) {
        continue;
      }
    }
  }
  aio::Coro<> good_flag_of_others() {
    while (running_) {
      try {
        co_await step();
      } catch (...) {
        log("stopping?");
      }
    }
  }
  std::atomic<bool> running_ = true;
};

template <class T> aio::Coro<> bad_in_a_template(T value) {
  try {
    co_await step();
    // CHECK: :[[@LINE+1]]:5: warning: cancellation is caught here and the coroutine goes on
  } catch (...) {
  }
  co_await save(value);
}

aio::Coro<> uses() {
  co_await bad_in_a_template(1);
  auto bad_lambda = [](auto times) -> aio::Coro<> {
    for (int i = 0; i < times; ++i) {
      try {
        co_await step();
        // CHECK: :[[@LINE+1]]:9: warning: cancellation is caught here and the loop goes on
      } catch (...) {
      }
    }
  };
  co_await bad_lambda(3);
}

// A class that no model describes, and a cancellation that one does.
mini::task<> bad_in_any_coroutine(mini::event &wanted) {
  try {
    co_await wanted;
    // CHECK: :[[@LINE+1]]:5: warning: cancellation is caught here and the coroutine goes on
  } catch (const cppcoro::operation_cancelled &) {
  }
  co_await wanted;
}

asio::awaitable<void> ping();

asio::awaitable<void> bad_asio_loop() {
  for (;;) {
    try {
      co_await ping();
      // CHECK: :[[@LINE+1]]:7: warning: cancellation is caught here and the loop goes on
    } catch (...) {
    }
  }
}

// Cancellation is passed on, or ends the coroutine

aio::Coro<> good_rethrown() {
  while (true) {
    try {
      co_await step();
    } catch (const aio::CancelledError &) {
      throw;
    } catch (...) {
      log("step failed");
    }
  }
}

aio::Coro<> good_ended() {
  while (true) {
    try {
      co_await step();
    } catch (const aio::CancelledError &) {
      log("told to end");
      co_return;
    }
  }
}

aio::Coro<> good_loop_left() {
  while (true) {
    try {
      co_await step();
    } catch (...) {
      break;
    }
  }
  co_await save(0);
}

// In Python as in aio: cancellation is not an ordinary error.
aio::Coro<> good_ordinary_errors() {
  while (true) {
    try {
      co_await step();
    } catch (const std::exception &error) {
      log(error.what());
    }
  }
}

aio::Coro<> good_last_thing_at_a_boundary() {
  try {
    co_await step();
  } catch (...) {
    log("worker failed");
  }
}

// Nothing may be awaited in a handler, so the error waits for the clean-up.
aio::Coro<> good_kept_for_later() {
  std::exception_ptr error;
  try {
    co_await step();
  } catch (...) {
    error = std::current_exception();
  }
  co_await save(0);
  if (error)
    std::rethrow_exception(error);
}

aio::Coro<> good_flag_for_later() {
  bool failed = false;
  try {
    co_await step();
  } catch (...) {
    failed = true;
  }
  co_await save(0);
  if (failed)
    co_return;
  co_await step();
}

[[noreturn]] void die();
aio::Coro<> good_end_of_the_program() {
  try {
    co_await step();
  } catch (...) {
    die();
  }
  co_await step();
}

void handle() {
  try {
    throw;
  } catch (const std::exception &error) {
    log(error.what());
  }
}
aio::Coro<> good_handler_elsewhere() {
  try {
    co_await step();
  } catch (...) {
    handle();
  }
  co_await step();
}

aio::Coro<> good_taken_note_of() {
  try {
    co_await step();
  } catch (const aio::CancelledError &) {
    aio::current_task().uncancel();
  }
  co_await step();
}

// Whoever cancels expects it.
aio::Coro<> good_own_doing() {
  auto task = aio::create_task(step());
  co_await aio::sleep(1s);
  task.cancel();
  try {
    co_await task;
  } catch (const aio::CancelledError &) {
  }
  co_await save(0);
}

// The cancelled task may be the one that is awaited.
aio::Coro<> good_join(std::vector<aio::Task<>> tasks) {
  for (auto &task : tasks) {
    try {
      co_await task;
    } catch (const aio::CancelledError &) {
    }
  }
}

aio::Coro<> good_nothing_awaited() {
  try {
    log("no co_await here");
  } catch (...) {
  }
  co_await step();
}

mini::task<> good_nobody_knows_how_it_is_cancelled(mini::event &wanted) {
  while (true) {
    try {
      co_await wanted;
    } catch (...) {
    }
  }
}

asio::awaitable<void> good_asio_once() {
  try {
    co_await ping();
  } catch (...) {
  }
  co_await ping();
}

asio::awaitable<void> good_asio_asked(bool &stopped) {
  for (;;) {
    try {
      co_await ping();
    } catch (...) {
      if (stopped)
        co_return;
    }
  }
}

// Not reported: a task at the end of its work may leave this to its owner. With
// the name of the cancellation it is a finding of low confidence.
aio::Coro<> known_miss_ends_as_if_done() {
  try {
    co_await step();
  } catch (const aio::CancelledError &) {
  }
}

// Not reported: the handler is in another function.
aio::Coro<> guarded(std::function<aio::Coro<>()> work) {
  try {
    co_await work();
  } catch (...) {
  }
}
aio::Coro<> known_miss_in_a_helper() {
  while (true)
    co_await guarded(step);
}

aio::Coro<> bad_noexcept() noexcept {
  while (true) {
    try {
      co_await step();
    // CHECK: :[[@LINE+1]]:7: warning: cancellation is caught here and the loop goes on, so the coroutine cannot be ended [coro-swallowed-cancellation]
    } catch (...) {
    }
  }
}

aio::Coro<> good_errors_as_values(std::vector<aio::Task<>> tasks) {
  while (enabled())
    co_await aio::gather_outcomes(tasks);
}
