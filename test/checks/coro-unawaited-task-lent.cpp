// coro-unawaited-task-lent.cpp - named tasks that functions get a reference to
//
// RUN: %findings --check=coro-unawaited-task %s %flags | %expect %s

#include <iostream>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

aio::Coro<> flush() { co_await aio::yield(); }

// They only look

void report(const char *what, const aio::Coro<> &work) {
  std::cout << what << (work.valid() ? " waits" : " is done") << std::endl;
}
void report_twice(aio::Coro<> &work) {
  report("first", work);
  report("again", work);
}
void unused(const aio::Coro<> &) {}
void unused_by_name([[maybe_unused]] const aio::Coro<> &work) { (void)work; }
template <class Task> bool waits(const Task &task) { return task.valid(); }
struct Log {
  void note(const aio::Coro<> &work) { pending += work.valid() ? 1 : 0; }
  static void trace(const aio::Coro<> &work) { report("trace", work); }
  int pending = 0;
};

// They do more

aio::Coro<> awaits(aio::Coro<> &work) { co_await std::move(work); }
void starts(aio::Coro<> &work) { aio::create_task(std::move(work)); }
void runs(aio::Coro<> &work) { aio::run(std::move(work)); }
void maybe_starts(aio::Coro<> &work, bool now) {
  if (work.valid() && now)
    starts(work);
}
std::vector<aio::Coro<>> all;
void keeps(aio::Coro<> &work) { all.push_back(std::move(work)); }
aio::Coro<> &passes(aio::Coro<> &work) { return work; }
aio::Coro<> *kept = nullptr;
void points(aio::Coro<> &work) { kept = &work; }
void later(aio::Coro<> &work) {
  aio::create_task([&work]() -> aio::Coro<> { co_await std::move(work); }());
}
void names(aio::Coro<> &work) {
  auto &other = work;
  starts(other);
}
void replaces(aio::Coro<> &work) { work = flush(); }
void closes(aio::Coro<> &work) { work.close(); }
void by_pointer(void (*function)(aio::Coro<> &), aio::Coro<> &work) { function(work); }
void unknown(aio::Coro<> &work);
struct Sink {
  virtual void take(const aio::Coro<> &work) { report("sink", work); }
};
void recursion(aio::Coro<> &work, int depth) {
  if (depth > 0)
    recursion(work, depth - 1);
  else
    starts(work);
}

aio::Coro<> bad_only_looked_at() {
  // CHECK: :[[@LINE+1]]:8: warning: 'first' is never awaited, so its work never starts [coro-unawaited-task]
  auto first = flush();
  report("flush", first);
  // CHECK: :[[@LINE+1]]:8: warning: 'second' is never awaited
  auto second = flush();
  report_twice(second);
  // CHECK: :[[@LINE+1]]:8: warning: 'third' is never awaited
  auto third = flush();
  unused(third);
  unused_by_name(third);
  // CHECK: :[[@LINE+1]]:8: warning: 'fourth' is never awaited
  auto fourth = flush();
  if (waits(fourth))
    std::cout << "waits";
  Log log;
  // CHECK: :[[@LINE+1]]:8: warning: 'fifth' is never awaited
  auto fifth = flush();
  log.note(fifth);
  Log::trace(fifth);
  co_return;
}

aio::Coro<> bad_assigned_again() {
  auto work = flush();
  report("first", work);
  // CHECK: :[[@LINE-2]]:8: warning: 'work' is assigned again before it is awaited; the first task is lost
  // CHECK-NEXT: :[[@LINE+1]]:3: note: assigned again here
  work = flush();
  co_await std::move(work);
}

aio::Coro<> good_taken(Sink &sink) {
  auto work = flush();
  co_await awaits(work);
  auto started = flush();
  starts(started);
  auto run = flush();
  runs(run);
  auto perhaps = flush();
  maybe_starts(perhaps, true);
  auto stored = flush();
  keeps(stored);
  auto passed = flush();
  co_await std::move(passes(passed));
  auto pointed = flush();
  points(pointed);
  auto captured = flush();
  later(captured);
  auto named = flush();
  names(named);
  auto replaced = flush();
  replaces(replaced);
  auto closed = flush();
  closes(closed);
  auto called = flush();
  by_pointer(starts, called);
  auto outside = flush();
  unknown(outside);
  auto dispatched = flush();
  sink.take(dispatched);
  auto deep = flush();
  recursion(deep, 3);
}

aio::Coro<> good_looked_at_and_awaited() {
  auto work = flush();
  report("flush", work);
  co_await std::move(work);
}
