// coro-blocking-call-templates.cpp - instantiations are what is judged
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <functional>
#include <thread>

#include <aio/aio.h>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(10ms); }

struct Blocking {
  static void wait() { nap(); }
};
struct Spinning {
  static void wait() { nap(); }
};
struct Ready {
  static void wait() {}
};

// Some instantiations block: the message says which. Those that block alike are
// counted.
template <class Policy> aio::Coro<> bad_some() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Blocking::wait' blocks the event loop in coroutine 'bad_some<Blocking>': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Policy::wait();
  co_return;
}

template <class Policy> aio::Coro<> good_all() {
  Policy::wait();
  co_return;
}

template <class Policy> aio::Coro<> bad_independent() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_independent<Blocking>': it reaches 'std::this_thread::sleep_for' (and in 2 more) [coro-blocking-call]
  nap();
  co_return;
}

// Nobody knows what a template that is never used does.
template <class Policy> aio::Coro<> good_never_used(Policy policy) {
  nap();
  policy.wait();
  co_await policy;
}

aio::Coro<> good_user() {
  co_await bad_some<Blocking>();
  co_await bad_some<Ready>();
  co_await good_all<Ready>();
  co_await bad_independent<Blocking>();
  co_await bad_independent<Spinning>();
  co_await bad_independent<Ready>();
}

// Members of class templates, CRTP, policies

template <class Policy> struct Channel {
  void flush() { Policy::wait(); }
  aio::Coro<> bad_close() {
    // CHECK: :[[@LINE+1]]:5: warning: call of 'Channel<Blocking>::flush' blocks the event loop in coroutine 'Channel<Blocking>::bad_close': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
    flush();
    co_return;
  }
};

template <class Derived> struct Stage {
  void run() { static_cast<Derived *>(this)->step(); }
};
struct SlowStage : Stage<SlowStage> {
  void step() { nap(); }
};
struct QuickStage : Stage<QuickStage> {
  void step() {}
};

aio::Coro<> bad_curiously_recurring() {
  // CHECK: :[[@LINE+1]]:15: warning: call of 'Stage<SlowStage>::run' blocks the event loop in coroutine 'bad_curiously_recurring': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  SlowStage().run();
  QuickStage().run();
  co_await Channel<Blocking>().bad_close();
  co_await Channel<Ready>().bad_close();
}

// Packs, generic lambdas, constrained functions

template <class... Actions> void all(Actions... actions) { (actions(), ...); }

aio::Coro<> bad_pack() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'all' blocks the event loop in coroutine 'bad_pack': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  all([] {}, [] { nap(); });
  all([] {}, [] {});
  co_return;
}

aio::Coro<> bad_generic_lambda() {
  auto call = [](auto action) { action(); };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_generic_lambda' blocks the event loop in coroutine 'bad_generic_lambda': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  call([] { nap(); });
  call([] {});
  co_return;
}

aio::Coro<> bad_abbreviated(auto action) {
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'good_user_of_abbreviated' blocks the event loop in coroutine 'bad_abbreviated': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  action();
  co_return;
}

aio::Coro<> good_user_of_abbreviated() {
  co_await bad_abbreviated([] { nap(); });
  co_await bad_abbreviated([] {});
}

template <class Policy>
  requires(sizeof(Policy) > 1000)
void choose() {
  nap();
}
template <class Policy> void choose() {}

template <bool Waits> void maybe() {
  if constexpr (Waits)
    nap();
}

aio::Coro<> bad_constant() {
  choose<Ready>();
  maybe<false>();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'maybe<true>' blocks the event loop in coroutine 'bad_constant': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  maybe<true>();
  co_return;
}

// Each lambda makes a helper of its own

template <class Work> void apply(Work work) { work(); }
template <class Work> struct Applier {
  Work work;
  void go() { work(); }
};

aio::Coro<> good_harmless_lambda_for_the_same_helper() {
  apply([] {});
  Applier harmless{[] {}};
  harmless.go();
  co_return;
}

aio::Coro<> bad_lambda_for_the_same_helper() {
  apply([] {});
  // CHECK: :[[@LINE+1]]:3: warning: call of {{.*}} blocks the event loop in coroutine 'bad_lambda_for_the_same_helper': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  apply([] { std::this_thread::sleep_for(std::chrono::milliseconds(1)); });
  Applier sleeper{[] { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }};
  // CHECK: :[[@LINE+1]]:11: warning: call of {{.*}} blocks the event loop in coroutine 'bad_lambda_for_the_same_helper': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  sleeper.go();
  co_return;
}
