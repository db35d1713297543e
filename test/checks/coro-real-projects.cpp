// coro-real-projects.cpp - shapes that real projects taught us
//
// Each silent function was a finding on a public project, and wrong.
//
// RUN: %findings %s %flags | %expect %s
// RUN: %findings --strict --check=coro-nested-run %s %flags | FileCheck %s --check-prefix=STRICT

#include <cppcoro_mock.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <thread>

using namespace std::chrono_literals;

static void nap() { std::this_thread::sleep_for(1ms); }

// A destructor that asks whether there is something left to do

class Session {
public:
  ~Session() {
    if (!closed_)
      nap();
  }
  cppcoro::task<> close();

private:
  bool closed_ = false;
};

class Workers {
public:
  ~Workers() {
    while (size_ > 0)
      std::this_thread::sleep_for(10ms);
  }

private:
  int size_ = 0;
};

cppcoro::task<> good_destructor_asks_first() {
  Session session;
  co_await session.close();
}

cppcoro::task<> good_destructor_mostly_has_nothing(std::unique_ptr<Workers> workers) {
  co_await cppcoro::io_service().schedule();
}

class Journal {
public:
  ~Journal() { nap(); }
};

cppcoro::task<> bad_destructor() {
  // CHECK: :[[@LINE+1]]:11: warning: call of 'Journal::~Journal' blocks the event loop in coroutine 'bad_destructor': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Journal journal;
  co_await cppcoro::io_service().schedule();
}

// What a member is made from is the member: it does not die in the constructor

struct Title {
  Title(const char *text);
  ~Title();
};
Journal journal_of(const Title &title);

class Shelf {
public:
  explicit Shelf(bool old)
      : first_(journal_of("1.txt")), last_{old ? journal_of("2.txt") : journal_of("3.txt")} {}

private:
  Journal first_, last_;
};

cppcoro::task<> good_member_from_a_call(Shelf *&made) {
  made = new Shelf(true);
  co_return;
}

class Reader {
public:
  Reader() { journal_of("4.txt"); }
};

cppcoro::task<> bad_temporary_in_a_constructor(Reader *&made) {
  // CHECK: :[[@LINE+1]]:14: warning: call of 'Reader::Reader' blocks the event loop in coroutine 'bad_temporary_in_a_constructor': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  made = new Reader;
  co_return;
}

// Somebody else may be the last owner

cppcoro::task<> good_shared(std::shared_ptr<Journal> journal) {
  co_await cppcoro::io_service().schedule();
}

// What was moved from is destroyed without work

cppcoro::task<> keep(std::unique_ptr<Journal> journal);

cppcoro::task<> good_moved_on() {
  auto journal = std::make_unique<Journal>();
  return keep(std::move(journal));
}

// Start-up: nobody else runs before the main task suspends. To sleep, or to run
// a loop, is no preparation.

static bool load() { return std::ifstream("settings").good(); }

cppcoro::task<> main_task(cppcoro::io_service &io) {
  load();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'main_task': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  co_await io.schedule();
}

void start(cppcoro::io_service &io) { cppcoro::sync_wait(main_task(io)); }

// A coroutine on a thread pool may block

cppcoro::task<> good_on_a_pool(cppcoro::static_thread_pool &pool) {
  co_await pool.schedule();
  nap();
}

cppcoro::task<> bad_back_on_the_loop(cppcoro::static_thread_pool &pool,
                                     cppcoro::io_service &io) {
  co_await pool.schedule();
  co_await io.schedule();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_back_on_the_loop': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
}

// What an awaiter does inside is the library at work

struct Timer {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) { nap(); }
  void await_resume() {}
};

cppcoro::task<> good_awaiter_of_a_library() { co_await Timer{}; }

// A coroutine that is there to run the loop, beside the one that uses it

void good_driver(cppcoro::io_service &io) {
  cppcoro::sync_wait(cppcoro::when_all(
      [](cppcoro::io_service &io) -> cppcoro::task<> { co_await io.schedule(); }(io),
      [](cppcoro::io_service &io) -> cppcoro::task<> {
        io.process_events();
        co_return;
      }(io)));
}

// STRICT-NOT: good_driver
cppcoro::task<> bad_runs_the_loop_it_is_on(cppcoro::io_service &io) {
  co_await io.schedule();
  // CHECK: :[[@LINE+1]]:6: warning: 'cppcoro::io_service::process_events' runs an event loop inside the running one, in coroutine 'bad_runs_the_loop_it_is_on' [coro-nested-run]
  io.process_events();
}

cppcoro::task<> good_takes_what_is_there(cppcoro::io_service &io) {
  co_await io.schedule();
  io.process_pending_events();
}

// A test of the protocol itself

void good_by_name(const cppcoro::task<> &task) { task.operator co_await(); }
