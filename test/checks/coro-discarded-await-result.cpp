// coro-discarded-await-result.cpp - results of awaits that nobody looks at
//
// RUN: %findings --strict %s %flags | %expect %s

#include <cstddef>
#include <system_error>
#include <tuple>
#include <utility>

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;

namespace tl {
template <class T, class E> class expected {
public:
  explicit operator bool() const;
  const T &value() const;
};
} // namespace tl

/// The program's own answer, with a mark.
enum class [[nodiscard]] Status { Ok, Failed };
struct [[nodiscard("the row may be missing")]] Row {
  int number;
};
struct Page {
  int number;
};

mini::task<std::error_code> close_file();
mini::task<tl::expected<int, int>> parse();
mini::task<Status> save();
mini::task<Row> find();
mini::task<Page> load();
mini::task<std::size_t> write();
mini::task<bool> dial();
mini::task<std::pair<std::error_code, std::size_t>> transfer();
[[nodiscard]] mini::task<int> checksum();
mini::task<> flush();
mini::task<mini::task<int>> later();
bool enabled();
void use(std::size_t size);

mini::task<> bad_types() {
  // CHECK: :[[@LINE+1]]:3: warning: the result says whether 'close_file' worked, and is dropped; its errors are lost [coro-discarded-await-result]
  co_await close_file();
  // CHECK: :[[@LINE+1]]:3: warning: the result says whether 'parse' worked, and is dropped
  co_await parse();
  // CHECK: :[[@LINE+1]]:3: warning: the result of 'save' is dropped, although its type is {{\[\[}}nodiscard]]
  co_await save();
  // CHECK: :[[@LINE+1]]:3: warning: the result of 'find' is dropped, although its type is
  co_await find();
  // CHECK: :[[@LINE+1]]:3: warning: the result of 'checksum' is dropped, although that is {{\[\[}}nodiscard]]
  co_await checksum();
}

mini::task<> bad_places(bool first) {
  if (first)
    // CHECK: :[[@LINE+1]]:5: warning: the result of 'save' is dropped
    co_await save();
  // CHECK: :[[@LINE+1]]:12: warning: the result of 'save' is dropped
  for (;; (co_await save()))
    if (enabled())
      break;
  // CHECK: :[[@LINE+1]]:3: warning: the result of 'save' is dropped
  co_await save(), enabled();
  // CHECK: :[[@LINE+1]]:11: warning: the result of 'save' is dropped
  first ? co_await save() : Status::Ok;
  auto work = save();
  // CHECK: :[[@LINE+1]]:3: warning: the result of this await is dropped
  co_await std::move(work);
}

mini::task<> bad_variables() {
  // CHECK: :[[@LINE+1]]:8: warning: 'error' says whether 'close_file' worked, and is never looked at
  auto error = co_await close_file();
  // CHECK: :[[@LINE+1]]:9: warning: 'failed' says whether 'transfer' worked, and is never looked at
  auto [failed, size] = co_await transfer();
  use(size);
}

struct Session {
  mini::task<Status> send();
  mini::task<> run() {
    // CHECK: :[[@LINE+1]]:5: warning: the result of 'Session::send' is dropped
    co_await send();
    auto again = [this]() -> mini::task<> {
      // CHECK: :[[@LINE+1]]:7: warning: the result of 'Session::send' is dropped
      co_await send();
    };
    co_await again();
  }
};

template <class T> mini::task<> bad_template(T &session) {
  // CHECK: :[[@LINE+1]]:3: warning: the result of 'Session::send' is dropped
  co_await session.send();
}
template mini::task<> bad_template(Session &);

/// The lock is given back at once.
aio::Coro<> bad_guard(aio::Lock &lock) {
  // CHECK: :[[@LINE+1]]:3: warning: the result of 'aio::Lock::scoped' is dropped
  co_await lock.scoped();
}

// Silent: it is looked at

mini::task<Status> good_used() {
  if (co_await close_file())
    co_return Status::Failed;
  auto error = co_await close_file();
  if (error)
    co_return co_await save();
  auto [failed, size] = co_await transfer();
  if (!failed)
    use(size);
  Status status = co_await save();
  co_await load();
  co_return status;
}

// Silent: the author says so

mini::task<> good_said_so() {
  (void)co_await save();
  static_cast<void>(co_await close_file());
  std::ignore = co_await save();
  [[maybe_unused]] auto error = co_await close_file();
  auto _ = co_await close_file();
}

// Silent: how much was written is nobody's duty to know

mini::task<> good_sizes_and_truths() {
  co_await write();
  co_await dial();
  co_await load();
  co_await flush();
}

/// The other part says that it has failed.
mini::task<> good_tests_the_other() {
  auto [error, size] = co_await transfer();
  if (size == 0)
    co_return;
  use(size);
}

/// Who uses none of them only waits.
mini::task<> good_only_waits() {
  auto [error, size] = co_await transfer();
}

/// A guard is kept for its destructor.
aio::Coro<> good_guard(aio::Lock &lock) {
  auto guard = co_await lock.scoped();
}

/// The mark is about the element, not about what its task gives.
struct Pages {
  [[nodiscard]] mini::task<int> &at(int index);
};
mini::task<> good_element(Pages &pages) { co_await std::move(pages.at(0)); }

/// A test waits for the error.
#define EXPECT_THROWS(statement)                                                     \
  try {                                                                              \
    statement;                                                                       \
  } catch (...) {                                                                    \
  }
mini::task<> good_made_to_fail() { EXPECT_THROWS(co_await save()); }

// Errors as values, on the way out

asio::awaitable<void> good_closed(asio::ip::tcp::socket &socket) {
  char last[1] = {};
  co_await socket.async_write_some(asio::buffer(last), asio::as_tuple(asio::use_awaitable));
  (void)co_await socket.async_read_some(asio::buffer(last), asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> bad_half_of_a_tuple(asio::ip::tcp::socket &socket) {
  char data[8];
  // CHECK: :[[@LINE+1]]:9: warning: 'error' says whether 'boost::asio::basic_stream_socket::async_read_some' worked, and is never looked at [coro-discarded-await-result]
  auto [error, size] =
      co_await socket.async_read_some(asio::buffer(data), asio::as_tuple(asio::use_awaitable));
  use(size);
}
