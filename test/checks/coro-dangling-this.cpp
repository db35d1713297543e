// coro-dangling-this.cpp - objects that die while their task runs
//
// RUN: %findings --strict --check=coro-dangling-this %s %flags | %expect %s

#include <atomic>
#include <chrono>
#include <coroutine>
#include <memory>
#include <utility>

#include <aio/aio.h>

#include "asio_mock.h"
#include "drogon_mock.h"
#include "seastar_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;
using namespace std::chrono_literals;

void look(int number);

class Session {
public:
  void bad_member() {
    // CHECK: :[[@LINE+1]]:22: warning: nobody waits for this task of 'Session::run', and nothing keeps this 'Session' alive, which it uses [coro-dangling-this]
    aio::create_task(run());
  }
  void bad_detached(asio::io_context &context) {
    // CHECK: :[[@LINE+1]]:29: warning: nobody waits for this task of 'Session::serve'
    asio::co_spawn(context, serve(), asio::detached);
  }
  void bad_lambda(asio::io_context &context) {
    // CHECK: :[[@LINE+1]]:5: warning: nobody waits for this task of 'lambda in 'Session::bad_lambda''
    asio::co_spawn(context, [this]() -> asio::awaitable<void> {
      co_await asio::this_coro::executor;
      look(left);
    }, asio::detached);
  }
  void bad_goes_on_with_other_things() {
    // CHECK: :[[@LINE+1]]:22: warning: nobody waits for this task of 'Session::run'
    aio::create_task(run());
    look(left);
  }
  void good_waits_for_its_end(asio::io_context &context) {
    std::atomic<bool> done = false;
    asio::co_spawn(context, [this, &done]() -> asio::awaitable<void> {
      co_await asio::this_coro::executor;
      look(left);
      done = true;
    }, asio::detached);
    while (!done)
      ;
  }
  aio::Coro<> good_awaited() { co_await aio::create_task(run()); }
  void good_static() { aio::create_task(independent()); }
  aio::Coro<> run() {
    co_await aio::sleep(1ms);
    look(left);
  }
  asio::awaitable<void> serve() {
    co_await asio::this_coro::executor;
    look(left);
  }
  static aio::Coro<> independent() { co_await aio::sleep(1ms); }

private:
  int left = 0;
};

class Kept : public std::enable_shared_from_this<Kept> {
public:
  void good_argument() { aio::create_task(run(shared_from_this())); }
  void good_capture(asio::io_context &context) {
    asio::co_spawn(context, [this, self = shared_from_this()]() -> asio::awaitable<void> {
      co_await asio::this_coro::executor;
      look(left);
    }, asio::detached);
  }
  void good_takes_it_first() { aio::create_task(holds()); }
  aio::Coro<> run(std::shared_ptr<Kept>) {
    co_await aio::sleep(1ms);
    look(left);
  }
  aio::Coro<> holds() {
    auto self = shared_from_this();
    co_await aio::sleep(1ms);
    look(left);
  }

private:
  int left = 0;
};

class Joined {
public:
  ~Joined() { stop(); }
  void stop();
  void good_destructor_ends_it() { aio::create_task(run()); }
  aio::Coro<> run() {
    co_await aio::sleep(1ms);
    look(left);
  }

private:
  int left = 0;
};

class Scoped {
public:
  void good_member_owns_it() { scope.spawn(run()); }
  void good_handle_is_kept() { task = aio::create_task(loop()); }

private:
  mini::task<> run() {
    co_await mini::sleep_for(1ms);
    look(left);
  }
  aio::Coro<> loop() {
    co_await aio::sleep(1ms);
    look(left);
  }
  mini::async_scope scope;
  aio::Task<> task;
  int left = 0;
};

// A coroutine that starts at once and that nobody can await

struct fire_and_forget {
  struct promise_type {
    fire_and_forget get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
};
class Control {
public:
  // CHECK: :[[@LINE+1]]:19: warning: nobody can wait for this coroutine, and nothing keeps this 'Control' alive, which it uses
  fire_and_forget bad_clicked() {
    co_await mini::sleep_for(1ms);
    look(left);
  }
  fire_and_forget good_only_before() {
    look(left);
    co_await mini::sleep_for(1ms);
  }
  fire_and_forget good_holds(std::shared_ptr<Control> self) {
    co_await mini::sleep_for(1ms);
    look(left);
  }

private:
  int left = 0;
};

// The object's owner may live for the whole program; only its author knows.

class Server {
public:
  void known_false_alarm() {
    // CHECK: :[[@LINE+1]]:22: warning: nobody waits for this task of 'Server::accept'
    aio::create_task(accept());
  }

private:
  aio::Coro<> accept() {
    co_await aio::sleep(1ms);
    look(left);
  }
  int left = 0;
};

// The share is taken when the object may be gone already

class Late : public std::enable_shared_from_this<Late> {
public:
  void bad_after_an_await() {
    // CHECK: :[[@LINE+1]]:22: warning: nobody waits for this task of 'Late::run'
    aio::create_task(run());
  }
  void good_in_the_first_await() { aio::create_task(passes()); }

private:
  aio::Coro<> run() {
    co_await aio::sleep(1ms);
    auto self = shared_from_this();
    look(left);
  }
  aio::Coro<> passes() {
    co_await hold(shared_from_this());
    look(left);
  }
  static aio::Coro<> hold(std::shared_ptr<Late> self) { co_await aio::sleep(1ms); }
  int left = 0;
};

// Objects that live as long as the program, or as the loop

class Daemon {
public:
  void good_static() { aio::create_task(run()); }

private:
  aio::Coro<> run() {
    co_await aio::sleep(1ms);
    look(left);
  }
  int left = 0;
};

Daemon daemon_of_the_program;

class Listener {
public:
  explicit Listener(asio::io_context &context) : context(context) {}
  void good_of_main() { asio::co_spawn(context, run(), asio::detached); }

private:
  asio::awaitable<void> run() {
    co_await asio::this_coro::executor;
    look(left);
  }
  asio::io_context &context;
  int left = 0;
};

struct Application {
  explicit Application(asio::io_context &context) : listener(context) {}
  Listener listener;
};

int serve() {
  asio::io_context context;
  auto application = std::make_unique<Application>(context);
  application->listener.good_of_main();
  context.run();
  return 0;
}

class Connection {
public:
  explicit Connection(asio::io_context &context) : context(context) {}
  // One of the two objects dies before the loop ends.
  void bad_some_are_short() {
    // CHECK: :[[@LINE+1]]:29: warning: nobody waits for this task of 'Connection::run'
    asio::co_spawn(context, run(), asio::detached);
  }

private:
  asio::awaitable<void> run() {
    co_await asio::this_coro::executor;
    look(left);
  }
  asio::io_context &context;
  int left = 0;
};

void connect(asio::io_context &context) {
  Connection connection(context);
  connection.bad_some_are_short();
}
int main() {
  asio::io_context context;
  Connection first(context);
  first.bad_some_are_short();
  context.run();
}

// A base that knows the class, and a part of the object

template <class Derived> class Starter {
public:
  void bad_of_the_derived_class() {
    // CHECK: :[[@LINE+1]]:22: warning: nobody waits for this task of 'Started::run', and nothing keeps this 'Starter' alive, which it uses [coro-dangling-this]
    aio::create_task(static_cast<Derived *>(this)->run());
  }
};
class Started : public Starter<Started> {
public:
  aio::Coro<> run() {
    co_await aio::sleep(1ms);
    look(left);
  }

private:
  int left = 0;
};
void start(Started &one) { one.bad_of_the_derived_class(); }

class Whole {
public:
  void bad_part() {
    // CHECK: :[[@LINE+1]]:22: warning: nobody waits for this task of 'Started::run', and nothing keeps this 'Whole' alive, which it uses [coro-dangling-this]
    aio::create_task(part.run());
  }
  aio::Coro<> good_part_is_awaited() { co_await part.run(); }

private:
  Started part;
};

// A gate is closed, and waited for, before the object dies

class Gated {
public:
  void good_inside() {
    (void)seastar::with_gate(gate, [this] { return run(); });
  }
  void good_holder() { (void)holds(); }
  void bad_holder_after_an_await() {
    // CHECK: :[[@LINE+1]]:11: warning: nobody waits for this task of 'Gated::holds_late', and nothing keeps this 'Gated' alive, which it uses [coro-dangling-this]
    (void)holds_late();
  }
  void bad_outside() {
    // CHECK: :[[@LINE+1]]:11: warning: nobody waits for this task of 'Gated::run', and nothing keeps this 'Gated' alive, which it uses [coro-dangling-this]
    (void)run();
  }
  seastar::future<> stop() { return gate.close(); }

private:
  seastar::future<> run() {
    co_await seastar::sleep(1ms);
    look(left);
  }
  seastar::future<> holds() {
    auto holder = gate.hold();
    co_await seastar::sleep(1ms);
    look(left);
  }
  seastar::future<> holds_late() {
    co_await seastar::sleep(1ms);
    auto holder = gate.hold();
    look(left);
  }
  seastar::gate gate;
  int left = 0;
};

// A strand runs the task, and waits for nothing.
class Stranded {
public:
  explicit Stranded(asio::io_context &context) : strand(asio::make_strand(context)) {}
  void bad_strand() {
    // CHECK: :[[@LINE+1]]:28: warning: nobody waits for this task of 'Stranded::run', and nothing keeps this 'Stranded' alive, which it uses [coro-dangling-this]
    asio::co_spawn(strand, run(), asio::detached);
  }

private:
  asio::awaitable<void> run() {
    co_await asio::this_coro::executor;
    look(left);
  }
  asio::strand<asio::io_context::executor_type> strand;
  int left = 0;
};

// The frame of the coroutine that is suspended holds the awaiter.
drogon::Task<> drogon_work();
struct Both {
  int left = 0;
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiter) {
    [](Both *self, std::coroutine_handle<> waiter, drogon::Task<> work) -> drogon::AsyncTask {
      co_await work;
      look(self->left);
      waiter.resume();
    }(this, waiter, drogon_work());
  }
  void bad_start() {
    // CHECK: :[[@LINE+1]]:5: warning: nobody waits for this task of 'lambda in 'Both::bad_start''
    [](Both *self, drogon::Task<> work) -> drogon::AsyncTask {
      co_await work;
      look(self->left);
    }(this, drogon_work());
  }
  void await_resume() noexcept {}
};
