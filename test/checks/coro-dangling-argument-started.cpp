// coro-dangling-argument-started.cpp - functions that start a task and leave it
//
// RUN: %findings %s %flags | %expect %s

#include <atomic>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <aio/aio.h>

aio::Coro<int> read_later(const std::string &key) {
  co_await aio::yield();
  co_return static_cast<int>(key.size());
}
aio::Coro<int> read_copy(std::string key) {
  co_await aio::yield();
  co_return static_cast<int>(key.size());
}

void start_reading(const std::string &key) { aio::create_task(read_later(key)); }
void start_copy(const std::string &key) { aio::create_task(read_copy(key)); }
aio::Task<int> start_kept(const std::string &key) { return aio::create_task(read_later(key)); }
void start(aio::Coro<int> work) { aio::create_task(std::move(work)); }
void finish(aio::Coro<int> work) { aio::run(std::move(work)); }
aio::Coro<> through(aio::Coro<int> work) { co_await std::move(work); }

void bad_temporary() {
  // CHECK: :[[@LINE+2]]:17: warning: 'key' of 'start_reading' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  // CHECK-NEXT: :[[@LINE+1]]:3: note: the task is started here, and nothing waits for it
  start_reading(std::string("a"));
}

void bad_local() {
  std::string key = "a";
  // CHECK: :[[@LINE+1]]:3: warning: 'key' of 'start_reading' refers to 'key', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  start_reading(key);
}

void bad_task_is_started() {
  // CHECK: :[[@LINE+1]]:20: warning: 'key' of 'read_later' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  start(read_later(std::string("a")));
}

aio::Coro<> bad_task_in_a_task() {
  // CHECK: :[[@LINE+1]]:34: warning: 'key' of 'read_later' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto work = through(read_later(std::string("a")));
  co_await std::move(work);
}

// The function that starts the task waits for it

aio::Coro<> tell_later(const std::string &key, std::atomic<bool> &done) {
  (void)co_await read_later(key);
  done = true;
  done.notify_all();
}
void read_and_wait(const std::string &key) {
  std::atomic<bool> done = false;
  aio::create_task(tell_later(key, done));
  done.wait(false);
}
void read_and_wait_sometimes(const std::string &key, bool wait) {
  std::atomic<bool> done = false;
  aio::create_task(tell_later(key, done));
  if (wait)
    done.wait(false);
}
void good_waits() { read_and_wait(std::string("a")); }
void bad_waits_sometimes() {
  // CHECK: :[[@LINE+1]]:27: warning: 'key' of 'read_and_wait_sometimes' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  read_and_wait_sometimes(std::string("a"), false);
}

// The function that starts the task runs the loop itself

class TestLoop {
public:
  void exec();
  void quit();
};
aio::Coro<> quit_later(TestLoop &loop) {
  co_await aio::yield();
  loop.quit();
}
void quit_in_the_loop(TestLoop &loop) {
  aio::create_task(quit_later(loop));
  loop.exec();
}
void good_loop_of_the_caller() {
  TestLoop loop;
  quit_in_the_loop(loop);
}

template <class F> void ignore(F work) {
  aio::create_task(work());
  aio::run(quit_later(*new TestLoop));
}
template <class Wait> void read_and(Wait wait) {
  std::string key = "a";
  start_reading(key);
  wait(key);
}
void good_callable_waits() {
  read_and([](const std::string &key) { aio::run(read_copy(key)); });
}
void good_captured() {
  std::string key = "a";
  ignore([&key]() -> aio::Coro<> { co_await read_later(key); });
}

std::string global;

void good_copied() { start_copy(std::string("a")); }
void good_global() { start_reading(global); }
void good_run() { finish(read_later(std::string("a"))); }
void good_loop_runs_after_it() {
  std::string key = "a";
  start_reading(key);
  aio::run(read_copy("b"));
}
aio::Coro<> good_at_once() { co_await through(read_later(std::string("a"))); }
aio::Coro<> good_handle_is_awaited() {
  std::string key = "a";
  auto task = start_kept(key);
  co_await task;
}

// A lambda without captures has nothing to read; who asks the local may wait for it.
template <class Handler> aio::Coro<> handled(Handler &&handler) {
  co_await aio::yield();
  handler();
}
aio::Coro<> good_holds_nothing() { return handled([] {}); }

aio::Coro<> note_end(bool &ended) {
  co_await aio::yield();
  ended = true;
}
void good_asks_for_the_end() {
  bool ended = false;
  aio::create_task(note_end(ended));
  if (!ended)
    aio::run(read_copy("b"));
}

struct Owner {
  aio::Coro<> good_owned() {
    tasks.push_back(start_kept(name));
    start_reading(name);
    co_return;
  }
  std::string name;
  std::vector<aio::Task<int>> tasks;
};
