// coro-loop-after-fork.cpp - loops of a parent that its child uses
//
// RUN: %findings --strict --check=coro-loop-after-fork %s %flags | %expect %s

#include <cstdlib>
#include <memory>
#include <optional>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;

aio::Coro<> serve() { co_await aio::yield(); }
void work();
void run_worker(aio::Loop &loop);
bool enabled();

// What the parent made is used in the child

void bad_equal(aio::Loop &loop) {
  pid_t pid = fork();
  if (pid == 0) {
    // CHECK: :[[@LINE+2]]:10: warning: 'loop' is used in the child process though the parent made it: both share its descriptors, and its threads are gone [coro-loop-after-fork]
    // CHECK-NEXT: :[[@LINE-3]]:15: note: the child begins here
    loop.run_until_complete(serve());
    _exit(0);
  }
  loop.run_forever();
}

void bad_not(aio::Loop *loop) {
  if (!::fork())
    // CHECK: :[[@LINE+1]]:11: warning: 'loop' is used in the child process
    loop->run_forever();
}

void bad_in_the_condition() {
  aio::Loop loop;
  pid_t pid;
  if ((pid = fork()) == 0)
    // CHECK: :[[@LINE+1]]:10: warning: 'loop' is used in the child process
    loop.run_until_complete(serve());
  else if (pid > 0)
    loop.run_until_complete(serve());
}

int bad_parent_leaves() {
  asio::io_context context;
  const pid_t pid = fork();
  if (pid < 0)
    return 1;
  if (pid > 0)
    return 0;
  // CHECK: :[[@LINE+1]]:11: warning: 'context' is used in the child process
  context.run();
  return 0;
}

void bad_switch(asio::io_context &context) {
  switch (pid_t pid = fork()) {
  case -1:
    std::abort();
  case 0:
    // CHECK: :[[@LINE+1]]:13: warning: 'context' is used in the child process
    context.run();
    break;
  default:
    waitpid(pid, nullptr, 0);
    context.run();
  }
}

void bad_answer(aio::Loop &loop) {
  const bool child = fork() == 0;
  if (child)
    // CHECK: :[[@LINE+1]]:10: warning: 'loop' is used in the child process
    loop.call_soon([] { work(); });
}

struct Server {
  std::unique_ptr<aio::Loop> loop_ = std::make_unique<aio::Loop>();
  asio::io_context context;

  void bad_member() {
    if (fork() == 0) {
      // CHECK: :[[@LINE+1]]:14: warning: 'loop_' is used in the child process
      loop_->run_forever();
      // CHECK: :[[@LINE+1]]:29: warning: 'context' is used in the child process
      asio::ip::tcp::socket socket(context);
    }
  }

  void good_member_made_again() {
    if (fork() == 0) {
      loop_ = std::make_unique<aio::Loop>();
      loop_->run_forever();
    }
  }
  void good_member_reset() {
    if (fork() == 0) {
      loop_.reset(new aio::Loop);
      loop_->run_forever();
    }
  }
};

void bad_daemon() {
  aio::Loop loop;
  if (daemon(1, 0) != 0)
    return;
  // CHECK: :[[@LINE+1]]:8: warning: 'loop' is used in the child process
  loop.run_until_complete(serve());
}

void bad_twice(aio::Loop &loop) {
  if (fork() == 0) {
    if (fork() > 0)
      _exit(0);
    // CHECK: :[[@LINE+2]]:10: warning: 'loop' is used in the child process
    // CHECK-NEXT: :[[@LINE-3]]:9: note: the child begins here
    loop.run_forever();
  }
}

void bad_argument(asio::io_context &context) {
  if (fork() == 0)
    // CHECK: :[[@LINE+1]]:5: warning: 'context' is used in the child process
    asio::post(context, [] { work(); });
}

aio::Coro<> bad_running_loop() {
  if (fork() == 0)
    // CHECK: :[[@LINE+1]]:29: warning: the parent's event loop is used in the child process: both share its descriptors, and its threads are gone
    aio::get_running_loop().stop();
  co_await aio::yield();
}

aio::Coro<> bad_coroutine_goes_on() {
  pid_t pid = fork();
  if (pid == 0) {
    // CHECK: :[[@LINE+1]]:5: warning: this coroutine goes on in the child process, on the parent's event loop: both share its descriptors
    co_await serve();
    _exit(0);
  }
  co_await serve();
}

mini::task<> bad_coroutine_of_unknown_library(mini::event &event) {
  if (fork() == 0)
    // CHECK: :[[@LINE+1]]:5: warning: this coroutine goes on in the child process
    co_await event;
}

// Silent: another program takes over

void good_exec(aio::Loop &loop, char **arguments) {
  if (fork() == 0) {
    loop.stop();
    execv(arguments[0], arguments);
    _exit(127);
  }
}

// Silent: the child has a loop of its own

void good_own_loop(aio::Loop &loop) {
  if (fork() == 0) {
    aio::Loop own;
    own.run_until_complete(serve());
    aio::run(serve());
    std::optional<aio::Loop> later;
    later.emplace();
    later->run_forever();
    _exit(0);
  }
  loop.run_forever();
}

std::optional<aio::Loop> shared;
void good_made_in_the_child() {
  if (fork() == 0) {
    shared.emplace();
    shared->run_forever();
  }
}

void good_made_after_daemon() {
  if (daemon(0, 0) != 0)
    return;
  aio::Loop loop;
  loop.run_forever();
}

aio::Loop &loop_of_this_process();
void good_other_function_knows() {
  if (fork() == 0)
    loop_of_this_process().run_forever();
}

// Silent: the loop was told
void good_notified() {
  asio::io_context context;
  context.notify_fork(asio::io_context::fork_prepare);
  if (fork() == 0) {
    context.notify_fork(asio::io_context::fork_child);
    context.run();
  } else {
    context.notify_fork(asio::io_context::fork_parent);
    context.run();
  }
}

// Silent: only the parent uses it

void good_parent(aio::Loop &loop) {
  pid_t pid = fork();
  if (pid == 0) {
    work();
    _exit(0);
  }
  loop.run_forever();
}
void good_parent_of_many(aio::Loop &loop) {
  for (int i = 0; i < 4; ++i) {
    pid_t pid = fork();
    if (pid < 0)
      continue;
    if (pid == 0) {
      work();
      _exit(0);
    }
    loop.call_soon([] { work(); });
  }
  loop.run_forever();
}
// Not sure: the child may end in what it calls.
void good_nobody_knows_who(aio::Loop &loop) {
  if (fork() == 0)
    work();
  loop.run_forever();
}

// Silent: it only looks
void good_looks(const aio::Loop &loop) {
  if (fork() == 0 && loop.is_closed())
    _exit(0);
}

// Not reported: what a function of the program does with the loop.
void known_miss_argument(aio::Loop &loop) {
  if (fork() == 0)
    run_worker(loop);
}
