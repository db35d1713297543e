// asyncio_mock.h - the declarations of netcan/asyncio that tests use
#ifndef COROLINT_TEST_ASYNCIO_MOCK_H
#define COROLINT_TEST_ASYNCIO_MOCK_H

#include "promise_mock.h"

#include <chrono>

namespace asyncio {

template <class R = void> struct Task {
  using promise_type = mock::promise<Task, R>;
  Task(Task &&) noexcept;
  ~Task();
  bool done() const;
  mock::awaiter<R> operator co_await() const;
};

template <class Work> struct ScheduledTask {
  explicit ScheduledTask(Work &&work);
  ScheduledTask(ScheduledTask &&);
  ~ScheduledTask();
  void cancel();
  mock::awaiter<void> operator co_await() const;
};

class EventLoop {
public:
  void run_until_complete();
};
EventLoop &get_event_loop();

template <class Work> void run(Work &&main) {}
template <class Work>
[[nodiscard]] ScheduledTask<Work> schedule_task(Work &&work) {
  return mock::pretend<ScheduledTask<Work>>();
}
template <class... Works> mock::awaiter<int> gather(Works &&...works) {
  return mock::pretend<mock::awaiter<int>>();
}
template <class Rep, class Period> Task<> sleep(std::chrono::duration<Rep, Period> time);

} // namespace asyncio

#endif // COROLINT_TEST_ASYNCIO_MOCK_H
