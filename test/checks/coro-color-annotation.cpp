// coro-color-annotation.cpp - the code breaks what an annotation says of its colour
// RUN: %findings %s %flags | %expect %s

#include <corolint/annotations.h>

#include <aio/aio.h>
#include <chrono>
#include <functional>
#include <thread>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(1ms); }

// Nonblocking functions: their own calls, and chains of calls

CORO_NONBLOCKING void bad_direct() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks in 'bad_direct', which is annotated as nonblocking [coro-color-annotation]
  std::this_thread::sleep_for(1ms);
}

CORO_NONBLOCKING void bad_chain() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks in 'bad_chain', which is annotated as nonblocking: it reaches 'std::this_thread::sleep_for' [coro-color-annotation]
  nap();
}

void bad_attribute_of_clang() [[clang::nonblocking]] {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks in 'bad_attribute_of_clang', which is annotated as nonblocking: it reaches 'std::this_thread::sleep_for' [coro-color-annotation]
  nap();
}

CORO_BLOCKING void load();

CORO_NONBLOCKING void bad_calls_annotated() {
  // CHECK: :[[@LINE+1]]:3: warning: 'load' blocks in 'bad_calls_annotated', which is annotated as nonblocking [coro-color-annotation]
  load();
}

CORO_NONBLOCKING int good_computes(int n) { return n * n; }
CORO_NONBLOCKING void good_passes_on() { good_computes(2); }
CORO_NONBLOCKING void good_with_reason() {
  nap(); // NOLINT(coro-color-annotation): a millisecond at start-up
}
CORO_MIXED void good_mixed() { nap(); }
CORO_BLOCKING void good_blocking() { nap(); }

// Whoever calls it relies on the annotation, so one mistake is one finding.
aio::Coro<> good_caller() {
  bad_chain();
  co_return;
}

// Declarations against each other

CORO_BLOCKING void bad_both();
// CHECK: :[[@LINE+1]]:23: warning: 'bad_both' is annotated as blocking, and as what must not block [coro-color-annotation]
CORO_NONBLOCKING void bad_both() {}

struct Sink {
  virtual ~Sink() = default;
  CORO_NONBLOCKING virtual void write() = 0;
  CORO_ANY_THREAD virtual void wake() = 0;
  CORO_BLOCKING virtual void sync() = 0;
};

struct BadSink : Sink {
  // CHECK: :[[@LINE+1]]:22: warning: 'BadSink::write' takes back what the method that it overrides promises; callers of the base rely on it [coro-color-annotation]
  CORO_BLOCKING void write() override {}
  // CHECK: :[[@LINE+1]]:23: warning: 'BadSink::wake' takes back what the method that it overrides promises; callers of the base rely on it [coro-color-annotation]
  CORO_LOOP_ONLY void wake() override {}
  void sync() override {}
};

struct GoodSink : Sink {
  CORO_NONBLOCKING void write() override {}
  void wake() override {}
  CORO_NONBLOCKING void sync() override {} // stronger than its base
};

// Functions as values

using Handler = void (*)();
CORO_BLOCKING void slow_handler();
void any_handler();
void on_ready(CORO_NONBLOCKING Handler handler);
void on_thread(Handler handler);
struct Table {
  CORO_NONBLOCKING Handler fast = nullptr;
  Handler other = nullptr;
};

void bad_conversions(Table &table) {
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_ready(slow_handler);
  // CHECK: :[[@LINE+1]]:16: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  table.fast = &slow_handler;
  // CHECK: :[[@LINE+1]]:53: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  [[maybe_unused]] CORO_NONBLOCKING Handler local = slow_handler;
}

void good_conversions(Table &table) {
  on_ready(any_handler);
  on_thread(slow_handler);
  table.other = slow_handler;
}

// What runs on the loop only

CORO_LOOP_ONLY void update();

CORO_BLOCKING void bad_worker() {
  // CHECK: :[[@LINE+1]]:3: warning: 'update' runs on the loop only, and is called from a function that is annotated as blocking [coro-color-annotation]
  update();
}
CORO_LOOP_ONLY void good_on_loop() { update(); }
void good_unknown() { update(); }

// What the other annotations tell other checks

void run_on_pool(CORO_OFFLOADS std::function<void()> work);
void run_on_loop(CORO_POSTS std::function<void()> work);
void keep(CORO_STORES std::function<void()> work);

void good_offloaded() {
  run_on_pool([] { nap(); });
  keep([] { nap(); });
}

void bad_posted() {
  // CHECK: :[[@LINE+1]]:20: warning: call of 'nap' blocks the event loop in callback lambda in 'bad_posted': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  run_on_loop([] { nap(); });
}

CORO_LOOP_CHECK bool on_loop();

aio::Coro<> good_guarded() {
  if (!on_loop())
    nap();
  co_return;
}

struct Receipt {};
CORO_MUST_AWAIT Receipt send();

aio::Coro<> bad_receipt() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'send' returns is never awaited, so its work never starts [coro-discarded-task]
  send();
  co_return;
}

aio::Coro<> work();
void adopt(CORO_CONSUMES aio::Coro<> &task);
void show(CORO_BORROWS const aio::Coro<> &task);

aio::Coro<> good_given_away() {
  auto task = work();
  adopt(task);
  co_return;
}

aio::Coro<> bad_only_shown() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  show(task);
  co_return;
}

// A conversion by another name

void on_event(CORO_NONBLOCKING std::function<void()> handler);

void bad_conversions_by_name(bool first) {
  auto kept = &slow_handler;
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_ready(kept);
  const Handler constant = slow_handler;
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_ready(constant);
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_ready((Handler)slow_handler);
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_ready(reinterpret_cast<Handler>(&slow_handler));
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_ready(first ? slow_handler : nullptr);
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_event(slow_handler);
  std::function<void()> erased = slow_handler;
  // CHECK: :[[@LINE+1]]:12: warning: 'slow_handler' is annotated as blocking and is given to what must not block [coro-color-annotation]
  on_event(erased);
}

void good_conversions_by_name() {
  auto kept = &any_handler;
  on_ready(kept);
  std::function<void()> erased = any_handler;
  on_event(erased);
  on_event([] {});
}

// A template promises for what it is made with

struct SlowPolicy {
  CORO_BLOCKING void go();
};
struct FastPolicy {
  void go() {}
};
template <class Policy> CORO_NONBLOCKING void bad_policy(Policy policy) {
  // CHECK: :[[@LINE+1]]:10: warning: 'SlowPolicy::go' blocks in 'bad_policy<SlowPolicy>', which is annotated as nonblocking [coro-color-annotation]
  policy.go();
}
template <class Policy> CORO_NONBLOCKING void good_policy(Policy policy) { policy.go(); }

void good_policies() {
  bad_policy(SlowPolicy());
  bad_policy(FastPolicy());
  good_policy(FastPolicy());
}
