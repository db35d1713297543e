// coro-unused-suppression.cpp - comments that suppress nothing, and some that do
//
// RUN: %findings --command %s %flags | %expect %s

#include <chrono>
#include <thread>

#include <aio/aio.h>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(10ms); }
void elsewhere(); // another unit defines it

aio::Coro<> bad_line(int count) {
  // CHECK: :[[@LINE+1]]:15: warning: 'coro-blocking-call' suppresses nothing on this line [coro-unused-suppression]
  ++count; // NOLINT(coro-blocking-call): it once slept
  co_return;
}

aio::Coro<int> bad_return() {
  // CHECK: :[[@LINE+1]]:20: warning: 'coro-blocking-call' suppresses nothing on this line [coro-unused-suppression]
  co_return 42; // NOLINT(coro-blocking-call): it once slept
}

aio::Coro<> bad_other_check() {
  // CHECK-DAG: :[[@LINE+2]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_other_check': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  // CHECK-DAG: :[[@LINE+1]]:13: warning: 'coro-sync-wait' suppresses nothing on this line [coro-unused-suppression]
  nap(); // NOLINT(coro-sync-wait): not the check that finds it
  co_return;
}

aio::Coro<> bad_next_line(int count) {
  // CHECK: :[[@LINE+1]]:6: warning: 'coro-blocking-call' suppresses nothing on the next line [coro-unused-suppression]
  // NOLINTNEXTLINE(coro-blocking-call): a comment comes between
  // this one
  nap(); // NOLINT(coro-blocking-call): needed
  ++count;
  co_return;
}

aio::Coro<> bad_line_of_its_own(int count) {
  // CHECK: :[[@LINE+1]]:6: warning: 'coro-blocking-call' suppresses nothing on this line [coro-unused-suppression]
  // NOLINT(coro-blocking-call): it is meant for the next line
  ++count;
  co_return;
}

aio::Coro<> bad_block(int count) {
  // CHECK: :[[@LINE+1]]:6: warning: 'coro-nested-run' suppresses nothing in this block [coro-unused-suppression]
  // NOLINTBEGIN(coro-blocking-call, coro-nested-run): one of two
  nap();
  // NOLINTEND(coro-blocking-call, coro-nested-run)
  ++count;
  co_return;
}

// CHECK: :[[@LINE+1]]:21: warning: 'coro-blocking-call', 'coro-sync-wait' suppress nothing on this line [coro-unused-suppression]
int counter = 0; // NOLINT(cert-err58-cpp, coro-blocking-call, coro-sync-wait): two

aio::Coro<> good_line() {
  nap(); // NOLINT(coro-blocking-call): a test
  nap(); // NOLINT(bugprone-use-after-move, coro-blocking-call): a test
  nap(); // NOLINT
  co_return;
}

// What ends a chain is needed, whoever calls.

void good_end_of_chain() {
  std::this_thread::sleep_for(10ms); // NOLINT(coro-blocking-call): short
  nap(); // NOLINT(coro-blocking-call): short
}

// What another unit decides is not known here.

aio::Coro<> good_elsewhere(void (*hook)()) {
  elsewhere(); // NOLINT(coro-blocking-call): it sleeps
  hook();      // NOLINT(coro-blocking-call): it may sleep
  co_return;
}

// Other tools, patterns, every check, and checks that did not run.

int other = 0;   // NOLINT(bugprone-*): another tool
int all = 0;     // NOLINT
int star = 0;    // NOLINT(*): every check
int pattern = 0; // NOLINT(coro-*): some of these did not run
int strict = 0;  // NOLINT(coro-nested-task): for runs that are strict
int minus = 0;   // NOLINT(*,-coro-blocking-call): clang-tidy passes over it
int none = 0;    // NOLINT(): nothing

// Words about comments: do not write NOLINT(coro-blocking-call): it hides too much.

int counted = 0; // nothing like 'NOLINT(coro-blocking-call)' is needed here

// No comments: the words are data.

const char *text = "NOLINT(coro-blocking-call): a string";
const char *raw = R"(
  // NOLINT(coro-blocking-call): in a raw string
)";

// Code that this unit does not decide.

#ifdef NOWHERE
void windows() { Sleep(1); } // NOLINT(coro-blocking-call): not compiled here
#endif

template <class T> aio::Coro<> good_template(T value) {
  value.wait(); // NOLINT(coro-sync-wait): for some of its instances
  co_return;
}

inline constexpr bool OnThread = false;
aio::Coro<> good_constant(int count) {
  auto generic = [](auto value) { value.wait(); }; // NOLINT(coro-sync-wait): likewise
  if constexpr (OnThread) {
    ++count; // NOLINT(coro-blocking-call): on a system with threads only
  }
  (void)generic;
  co_return;
}

// In a macro: what it suppresses stands where the macro is used.

#define NAP() nap() // NOLINT(coro-blocking-call): short

aio::Coro<> good_macro() {
  NAP();
  co_return;
}
