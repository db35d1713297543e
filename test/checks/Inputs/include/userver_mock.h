// userver_mock.h - the declarations of userver that tests use
#ifndef COROLINT_TEST_USERVER_MOCK_H
#define COROLINT_TEST_USERVER_MOCK_H

#include "promise_mock.h"

#include <chrono>
#include <string>
#include <utility>

namespace userver {

namespace engine {

class TaskProcessor;

class [[nodiscard]] TaskBase {
public:
  void Wait() const;
  void BlockingWait() const;
};
template <class T> class [[nodiscard]] TaskWithResult : public TaskBase {
public:
  TaskWithResult(TaskWithResult &&);
  ~TaskWithResult();
  T Get();
  void Detach() &&;
};

class Mutex {
public:
  void lock();
  void unlock();
};

template <class F> [[nodiscard]] TaskWithResult<int> AsyncNoSpan(F &&function) {
  return mock::pretend<TaskWithResult<int>>();
}
template <class F>
[[nodiscard]] TaskWithResult<int> AsyncNoSpan(TaskProcessor &processor, F &&function) {
  return mock::pretend<TaskWithResult<int>>();
}
template <class Rep, class Period> void SleepFor(std::chrono::duration<Rep, Period> time);
template <class F> void RunStandalone(F &&payload) {}

} // namespace engine

namespace utils {
template <class F>
[[nodiscard]] engine::TaskWithResult<int> Async(std::string name, F &&function) {
  return mock::pretend<engine::TaskWithResult<int>>();
}
template <class F>
[[nodiscard]] engine::TaskWithResult<int> Async(engine::TaskProcessor &processor,
                                                std::string name, F &&function) {
                                                  return mock::pretend<engine::TaskWithResult<int>>();
                                                }
} // namespace utils

namespace fs {
std::string ReadFileContents(engine::TaskProcessor &processor, const std::string &path);
namespace blocking {
std::string ReadFileContents(const std::string &path);
} // namespace blocking
} // namespace fs

} // namespace userver

#endif // COROLINT_TEST_USERVER_MOCK_H
