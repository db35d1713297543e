// qcoro_mock.h - the declarations of QCoro and Qt that tests use
#ifndef COROLINT_TEST_QCORO_MOCK_H
#define COROLINT_TEST_QCORO_MOCK_H

#include "promise_mock.h"

#include <chrono>

class QObject {
public:
  template <class Signal, class F>
  static void connect(const QObject *sender, Signal signal, const QObject *context, F &&slot) {}
};
class QThread : public QObject {
public:
  static void sleep(unsigned long seconds);
  bool wait(unsigned long milliseconds = ~0ul);
};
class QEventLoop : public QObject {
public:
  int exec();
};
class QDialog : public QObject {
public:
  virtual int exec();
  virtual void open();
};
class QIODevice : public QObject {
public:
  virtual bool waitForReadyRead(int milliseconds);
};
class QProcess : public QIODevice {
public:
  bool waitForFinished(int milliseconds = 30000);
  void finished(int code);
};
class QMutex {
public:
  void lock();
  void unlock();
};
class QMutexLocker {
public:
  explicit QMutexLocker(QMutex *mutex);
  ~QMutexLocker();
  void unlock();
};

namespace QCoro {

template <class T = void> class Task {
public:
  using promise_type = mock::promise<Task, T, std::suspend_never>;
  Task(Task &&) noexcept;
  ~Task();
  template <class F> auto then(F &&callback) && -> Task<T> { return mock::pretend<Task<T>>(); }
  mock::awaiter<T> operator co_await() const;
};

template <class T = void> class LazyTask {
public:
  using promise_type = mock::promise<LazyTask, T>;
  LazyTask(LazyTask &&) noexcept;
  ~LazyTask();
  mock::awaiter<T> operator co_await() const;
};

template <class T> class Generator {
public:
  using promise_type = mock::promise<Generator, void>;
  int *begin();
  int *end();
};

template <class T> void waitFor(Task<T> &&task) {}
template <class Rep, class Period>
Task<> sleepFor(const std::chrono::duration<Rep, Period> &time);
template <class T, class Context, class F>
void connect(Task<T> &&task, Context *context, F function) {}

struct ThreadContext : mock::awaiter<void> {};
ThreadContext moveToThread(QThread *thread);

namespace detail {
class QCoroProcess {
public:
  Task<bool> waitForFinished(int milliseconds = 30000);
};
} // namespace detail

} // namespace QCoro

QCoro::detail::QCoroProcess qCoro(QProcess &process);

#endif // COROLINT_TEST_QCORO_MOCK_H
