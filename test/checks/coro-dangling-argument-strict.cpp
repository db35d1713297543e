// coro-dangling-argument-strict.cpp - tasks that may outlive an argument
//
// RUN: %findings --strict --check=coro-dangling-argument %s %flags | %expect %s
// RUN: %findings %s %flags | count 0

#include <string>

#include <aio/aio.h>

aio::Coro<int> read_later(const std::string &key) {
  co_await aio::yield();
  co_return static_cast<int>(key.size());
}
void start_reading(const std::string &key) { aio::create_task(read_later(key)); }

class TestLoop {
public:
  void exec();
};

// A wait that throws has waited; what throws before it leaves the task running.
void good_loop_may_throw(TestLoop &loop) {
  std::string key = "a";
  try {
    start_reading(key);
    loop.exec();
  } catch (...) {
  }
}
void bad_loop_may_be_left_out(TestLoop &loop) {
  std::string key = "a";
  try {
    // CHECK: :[[@LINE+1]]:5: warning: 'key' of 'start_reading' refers to 'key', which dies when its scope ends; the task may run after that [coro-dangling-argument]
    start_reading(key);
    std::string other(3, 'b');
    loop.exec();
  } catch (...) {
  }
}
