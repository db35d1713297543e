// coro-unforwarded-cancellation.cpp - calls without the token at hand
//
// RUN: %findings --check=coro-unforwarded-cancellation %s %flags | %expect %s

#include <exception>
#include <optional>
#include <stop_token>

#include <aio/aio.h>

#include "task_mock.h"

namespace cppcoro {
class cancellation_token {
public:
  bool is_cancellation_requested() const noexcept;
};
} // namespace cppcoro

aio::Coro<int> fetch(int number);
aio::Coro<int> fetch(int number, std::stop_token token);
mini::task<int> read(int number, cppcoro::cancellation_token token = {});
aio::Coro<> save(int number);
struct Request {
  int number;
  std::stop_token token;
};
aio::Coro<> send(Request request);
aio::Coro<> send(Request request, std::stop_token token);
struct Client {
  aio::Coro<int> get(int number);
  aio::Coro<int> get(int number, const std::stop_token &token);
};

aio::Coro<> bad_overload(std::stop_token token) {
  // CHECK: :[[@LINE+2]]:12: warning: 'fetch' is not given 'token', so it goes on when this function is told to end [coro-unforwarded-cancellation]
  // CHECK-NEXT: :16: note: a token may be passed here
  co_await fetch(1);
}

mini::task<> bad_default(cppcoro::cancellation_token token) {
  // CHECK: :[[@LINE+1]]:12: warning: 'read' is not given 'token'
  co_await read(1);
}

aio::Coro<> bad_method(Client &client, const std::stop_token &stop) {
  // CHECK: :[[@LINE+1]]:19: warning: 'get' is not given 'stop'
  co_await client.get(1);
}

// CHECK: :[[@LINE+1]]:60: warning: 'fetch' is not given 'token'
aio::Coro<int> bad_wrapper(std::stop_token token) { return fetch(1); }

aio::Coro<> good_passed(std::stop_token token) {
  co_await fetch(1, token);
  co_await send(Request{1, token});
  co_await save(1);
}

aio::Coro<> good_none_at_hand() { co_await fetch(1); }

// The last word to the other side shall be said in any case.
aio::Coro<> good_clean_up(std::stop_token token) {
  std::optional<aio::Coro<int>> last;
  try {
    co_await fetch(1, token);
  } catch (...) {
    last = fetch(2);
  }
  if (last)
    co_await std::move(*last);
}

aio::Coro<> good_which_one(std::stop_token outer, std::stop_token inner) {
  co_await fetch(1);
}

// The overload that takes the token is written with the other one.
aio::Coro<int> fetch(int number, std::stop_token token) {
  if (token.stop_requested())
    co_return 0;
  co_return co_await fetch(number);
}

// What is called once the token was found set is the last duty.
aio::Coro<> good_last_duty(std::stop_token token) {
  if (token.stop_requested())
    co_await fetch(0);
  while (!token.stop_requested())
    co_await fetch(1, token);
  co_await fetch(2);
}

aio::Coro<> bad_until_stopped(std::stop_token token) {
  while (!token.stop_requested())
    // CHECK: :[[@LINE+1]]:14: warning: 'fetch' is not given 'token'
    co_await fetch(1);
}

aio::Coro<> bad_retry(std::stop_token token) {
  for (int i = 0; i < 3; ++i)
    try {
      // CHECK: :[[@LINE+1]]:16: warning: 'fetch' is not given 'token'
      co_await fetch(i);
      co_return;
    } catch (const std::exception &) {
    }
}

// Something else hears of the token.
template <class Task> Task stop_when(Task task, std::stop_token token);
aio::Coro<> good_wrapped(std::stop_token token) { co_await stop_when(fetch(1), token); }

struct Scoped {
  std::stop_token token;
  aio::Coro<int> get(int number);
  aio::Coro<int> get(int number, std::stop_token token);
};
aio::Coro<> good_object_has_it(std::stop_token token) {
  Scoped scoped{token};
  co_await scoped.get(1);
}

// Another kind of token.
aio::Coro<int> load(int number, cppcoro::cancellation_token token = {});
aio::Coro<> good_other_token(std::stop_token token) { co_await load(1); }

// Not reported: the token is a member.
struct Session {
  aio::Coro<> known_miss_member() { co_await fetch(1); }
  std::stop_token token;
};

// What is shielded shall go on.
aio::Coro<> good_shielded(std::stop_token token) { co_await aio::shield(fetch(1)); }

// Not reported: the token would be a member of the options.
aio::Coro<> submit(Request request);
aio::Coro<> known_miss_in_options(std::stop_token token) {
  Request request{.number = 1};
  co_await submit(request);
}
