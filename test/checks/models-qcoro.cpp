// models-qcoro.cpp - what corolint knows of QCoro
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <string>
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

// A task runs at once, to its first suspension

void use(const std::string &text);
std::string name();
QCoro::Task<> reads(const std::string &text) {
  co_await work();
  use(text);
}
QCoro::LazyTask<> reads_later(const std::string &text) {
  co_await work();
  use(text);
}

QCoro::Task<> bad_temporaries() {
  // CHECK: :[[@LINE+1]]:21: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto task = reads(name());
  co_await task;
  // CHECK: :[[@LINE+1]]:28: warning: 'text' of 'reads_later' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto later = reads_later(name());
  co_await later;
}
void bad_fired() {
  // CHECK: :[[@LINE+1]]:9: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  reads(name());
}
void bad_slot_with_captures(int number) {
  // CHECK: :[[@LINE+1]]:3: warning: the captures of this coroutine lambda die at the end of this expression, before the coroutine has ended [coro-lambda-capture]
  [number]() -> QCoro::Task<> {
    co_await work();
    use(std::to_string(number));
  }();
}
QCoro::Task<> good_temporary() { co_await reads(name()); }

// Its slots may be coroutines.
void good_slot(QObject *object, QProcess *process) {
  QObject::connect(process, &QProcess::finished, object,
                   [](int) -> QCoro::Task<> { co_await work(); });
}

QCoro::Task<> bad_locked_by_hand(QMutex &mutex) {
  // CHECK: :[[@LINE+1]]:3: warning: 'mutex' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  mutex.lock();
  co_await work();
  mutex.unlock();
}
QCoro::Task<> good_locked_by_hand(QMutex &mutex) {
  mutex.lock();
  mutex.unlock();
  co_await work();
}

// A dialog and a loop of one's own run events inside the running loop.
QCoro::Task<> bad_exec(QDialog &dialog) {
  // CHECK: :[[@LINE+1]]:10: warning: 'QDialog::exec' runs an event loop inside the running one, in coroutine 'bad_exec' [coro-nested-run]
  dialog.exec();
  QEventLoop loop;
  // CHECK: :[[@LINE+1]]:8: warning: 'QEventLoop::exec' runs another event loop in coroutine 'bad_exec'; this one stops until it returns [coro-nested-run]
  loop.exec();
  co_return;
}
QCoro::Task<> good_opened(QDialog &dialog) {
  dialog.open();
  co_return;
}
