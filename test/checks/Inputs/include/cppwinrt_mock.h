// cppwinrt_mock.h - the declarations of C++/WinRT that tests use
#ifndef COROLINT_TEST_CPPWINRT_MOCK_H
#define COROLINT_TEST_CPPWINRT_MOCK_H

#include "promise_mock.h"

#include <chrono>

namespace winrt {

namespace impl {
template <class D> struct consume_Windows_Foundation_IAsyncAction {
  void get() const;
  int wait_for(std::chrono::nanoseconds time) const;
};
} // namespace impl

namespace Windows::Foundation {
struct IAsyncAction : impl::consume_Windows_Foundation_IAsyncAction<IAsyncAction> {
  using promise_type = mock::promise<IAsyncAction, void, std::suspend_never>;
  explicit operator bool() const noexcept;
};
mock::awaiter<void> operator co_await(const IAsyncAction &async);
} // namespace Windows::Foundation

struct fire_and_forget {
  using promise_type = mock::promise<fire_and_forget, void, std::suspend_never>;
};

struct [[nodiscard]] resume_after : mock::awaiter<void> {
  explicit resume_after(std::chrono::nanoseconds time);
};
mock::awaiter<void> resume_background() noexcept;
mock::awaiter<void> resume_foreground(int dispatcher) noexcept;

struct slim_mutex {
  void lock() noexcept;
  void unlock() noexcept;
};
struct slim_lock_guard {
  explicit slim_lock_guard(slim_mutex &mutex) noexcept;
  ~slim_lock_guard() noexcept;
};

} // namespace winrt

#endif // COROLINT_TEST_CPPWINRT_MOCK_H
