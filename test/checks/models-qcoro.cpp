// models-qcoro.cpp - what corolint knows of QCoro
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <thread>
#include <utility>

#include "qcoro_mock.h"

using namespace std::chrono_literals;

QCoro::Task<int> work();
QCoro::LazyTask<int> later();

QCoro::Task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'QThread::sleep' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  QThread::sleep(1);
  co_return;
}

QCoro::Task<> bad_wait_for() {
  // CHECK: :[[@LINE+1]]:3: warning: 'QCoro::waitFor' runs an event loop inside the running one, in coroutine 'bad_wait_for' [coro-nested-run]
  QCoro::waitFor(work());
  co_return;
}

QCoro::Task<> bad_sync_twin(QProcess &process) {
  // CHECK: :[[@LINE+1]]:11: warning: 'QProcess::waitForFinished' blocks the event loop in coroutine 'bad_sync_twin' [coro-blocking-call]
  process.waitForFinished();
  co_return;
}

QCoro::Task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'later' returns is never awaited, so its work never starts [coro-discarded-task]
  later();
  co_return;
}

QCoro::Task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = later();
  co_return;
}

QCoro::Task<> bad_lock(QMutex &mutex) {
  // CHECK: :[[@LINE+1]]:16: warning: 'locker' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  QMutexLocker locker(&mutex);
  co_await work();
}

void bad_slot(QProcess &process, QThread &thread) {
  // CHECK: :[[@LINE+1]]:80: warning: 'QThread::wait' blocks the event loop in callback lambda in 'bad_slot' [coro-blocking-call]
  QObject::connect(&process, &QProcess::finished, &process, [&thread] { thread.wait(); });
}

// It goes on when it is dropped: QCoro's way to start something.
void good_left_alone() {
  work();
  auto task = work();
  work().then([](int) {});
}

QCoro::Task<> good_ways_to_await(QProcess &process) {
  co_await work();
  auto task = later();
  co_await task;
  co_await qCoro(process).waitForFinished();
  process.waitForFinished(0);
  co_await QCoro::sleepFor(1s);
  QCoro::connect(work(), &process, [] {});
}

QCoro::Task<> good_unlocked(QMutex &mutex) {
  QMutexLocker locker(&mutex);
  locker.unlock();
  co_await work();
}

QCoro::Task<> good_thread(QThread &thread) {
  co_await QCoro::moveToThread(&thread);
  QThread::sleep(1);
}

QCoro::Generator<int> good_generator() {
  QThread::sleep(1);
  co_yield 1;
}

void good_main() { QCoro::waitFor(work()); }
