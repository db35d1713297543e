// coro-plain-catch-around-group.cpp - handlers that miss what a group throws
//
// RUN: %findings --strict --check=coro-plain-catch-around-group %s %flags | %expect %s

#include <aio/aio.h>

#include <exception>
#include <stdexcept>

using namespace std::chrono_literals;

struct ConnectionError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct ProtocolError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

aio::Coro<> fetch(int number);
aio::Coro<> connect();
void log(const char *text);
void prepare();

aio::Coro<> bad_with_task_group() {
  try {
    co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
      group.create_task(fetch(1));
      group.create_task(fetch(2));
      co_return;
    });
    // CHECK: :[[@LINE+2]]:5: warning: this handler never runs for a task of the group: its 'ConnectionError' arrives inside 'aio::ExceptionGroup' [coro-plain-catch-around-group]
    // CHECK-NEXT: :[[@LINE-6]]:5: note: the group throws 'aio::ExceptionGroup' here
  } catch (const ConnectionError &error) {
    log(error.what());
  }
}

aio::Coro<> bad_join() {
  try {
    aio::TaskGroup group;
    group.create_task(fetch(1));
    co_await group.join();
    // CHECK: :[[@LINE+1]]:5: warning: this handler never runs for a task of the group: its 'ConnectionError'
  } catch (const ConnectionError &) {
    log("no connection");
    // CHECK: :[[@LINE+1]]:5: warning: this handler never runs for a task of the group: its 'ProtocolError'
  } catch (ProtocolError &) {
    log("no protocol");
  }
}

aio::Coro<> bad_named_first() {
  auto all = aio::with_task_group([](auto &group) -> aio::Coro<> {
    group.create_task(fetch(1));
    co_return;
  });
  try {
    co_await std::move(all);
    // CHECK: :[[@LINE+1]]:5: warning: this handler never runs
  } catch (ConnectionError) {
  }
}

aio::Coro<> bad_in_a_time_limit() {
  try {
    co_await aio::wait_for(aio::with_task_group([](auto &group) -> aio::Coro<> {
                             group.create_task(fetch(1));
                             co_return;
                           }),
                           1s);
    // CHECK: :[[@LINE+1]]:5: warning: this handler never runs
  } catch (const ConnectionError &) {
  }
}

// Something else in the block may throw it: less sure, so with --strict only.
aio::Coro<> bad_beside_a_call() {
  try {
    prepare();
    co_await aio::with_task_group([](auto &group) -> aio::Coro<> {
      group.create_task(fetch(1));
      co_return;
    });
    // CHECK: :[[@LINE+1]]:5: warning: this handler never runs
  } catch (const ConnectionError &) {
  }
}

template <class Error> aio::Coro<> bad_in_a_template() {
  try {
    co_await aio::with_task_group([](aio::TaskGroup &group) -> aio::Coro<> {
      group.create_task(fetch(1));
      co_return;
    });
    // CHECK: :[[@LINE+1]]:5: warning: this handler never runs
  } catch (const Error &) {
  }
}
aio::Coro<> uses() { co_await bad_in_a_template<ConnectionError>(); }

aio::Coro<> good_group_caught() {
  try {
    aio::TaskGroup group;
    group.create_task(fetch(1));
    co_await group.join();
  } catch (const aio::ExceptionGroup &group) {
    group.for_each<ConnectionError>([](auto &error) { log(error.what()); });
  }
}

aio::Coro<> good_base_caught() {
  try {
    aio::TaskGroup group;
    group.create_task(fetch(1));
    co_await group.join();
  } catch (const std::exception &error) {
    log(error.what());
  }
}

// Whoever catches the base as well has thought of the group.
aio::Coro<> good_base_caught_as_well() {
  try {
    aio::TaskGroup group;
    group.create_task(fetch(1));
    co_await group.join();
  } catch (const ConnectionError &error) {
    log(error.what());
  } catch (...) {
    throw;
  }
}

aio::Coro<> good_comes_bare() {
  try {
    aio::TaskGroup group;
    group.create_task(fetch(1));
    co_await group.join();
  } catch (const aio::CancelledError &) {
    throw;
  } catch (const aio::SystemExit &) {
    throw;
  }
}

aio::Coro<> good_from_another_await() {
  try {
    co_await connect();
    aio::TaskGroup group;
    group.create_task(fetch(1));
    co_await group.join();
  } catch (const ConnectionError &error) {
    log(error.what());
  }
}

aio::Coro<> good_thrown_in_the_block(bool ready) {
  try {
    if (!ready)
      throw ConnectionError("not ready");
    aio::TaskGroup group;
    group.create_task(fetch(1));
    co_await group.join();
  } catch (const ConnectionError &error) {
    log(error.what());
  }
}

aio::Coro<> good_no_group() {
  try {
    co_await aio::gather(fetch(1), fetch(2));
  } catch (const ConnectionError &error) {
    log(error.what());
  }
}

aio::Coro<> fetch_all() {
  aio::TaskGroup group;
  group.create_task(fetch(1));
  co_await group.join();
}
// Not reported: the group is in a function that is awaited.
aio::Coro<> known_miss_group_in_a_callee() {
  try {
    co_await fetch_all();
  } catch (const ConnectionError &error) {
    log(error.what());
  }
}
