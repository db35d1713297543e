// coro-unawaited-task-taken.cpp - named tasks that something takes
//
// RUN: %findings %s %flags | %expect %s

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

using namespace std::chrono_literals;

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<bool> dial() { co_return true; }
aio::Coro<> flush() { co_return; }
mini::task<int> lookup();
mini::job<> background();
std::pair<aio::Coro<int>, aio::Coro<>> both();
bool enabled();
void log(const char *text);
void consume(aio::Coro<> work);
void consume_by_reference(aio::Coro<> &work);
void look(const aio::Coro<> &work);

// Awaited or given away

aio::Coro<> good_awaited() {
  auto page = fetch(1);
  co_await std::move(page);
  auto work = flush();
  co_await static_cast<aio::Coro<> &&>(work);
  auto other = flush();
  co_await std::forward<aio::Coro<>>(other);
}

aio::Coro<> good_task_runs_by_itself() {
  auto task = aio::create_task(flush());
  aio::Task<int> kept = aio::create_task(fetch(1));
  co_return;
}

mini::task<> good_eager_by_design() {
  auto job = background();
  co_return;
}

aio::Coro<int> good_returned(bool first) {
  auto page = fetch(1);
  if (first)
    return page;
  return std::move(page);
}

aio::Coro<int> good_co_returned() {
  auto page = fetch(1);
  co_return co_await std::move(page);
}

aio::Coro<aio::Coro<int>> good_handed_on() {
  auto page = fetch(1);
  co_return std::move(page);
}

aio::Coro<> good_given_to_calls() {
  auto first = flush();
  aio::create_task(std::move(first));
  auto second = flush(), third = flush();
  co_await aio::gather(std::move(second), std::move(third));
  auto fourth = flush();
  consume(std::move(fourth));
  auto fifth = flush();
  consume_by_reference(fifth);
  auto sixth = flush();
  look(sixth);
}

void good_run() {
  auto work = flush();
  aio::run(std::move(work));
}

aio::Coro<> good_moved_into_a_container() {
  std::vector<aio::Coro<>> all;
  auto first = flush();
  all.push_back(std::move(first));
  all.emplace_back(flush());
  co_await aio::gather(std::move(all));
}

struct Pool {
  std::vector<aio::Coro<>> waiting;
  std::map<int, aio::Coro<int>> pages;
  aio::Coro<> current = flush();

  void good_kept_in_members() {
    auto work = flush();
    waiting.push_back(std::move(work));
    auto next = flush();
    current = std::move(next);
    auto page = fetch(1);
    pages.emplace(1, std::move(page));
    auto other = fetch(2);
    this->pages.insert({2, std::move(other)});
  }
};

aio::Coro<> good_moved_into_values() {
  auto first = flush();
  auto tuple = std::make_tuple(std::move(first), 1);
  co_await std::get<0>(std::move(tuple));
  auto second = flush();
  auto pair = std::pair(std::move(second), 2);
  co_await std::move(pair.first);
  auto third = flush();
  auto owned = std::make_unique<aio::Coro<>>(std::move(third));
  co_await std::move(*owned);
  auto fourth = flush();
  std::optional<aio::Coro<>> maybe(std::move(fourth));
  co_await std::move(*maybe);
  auto fifth = flush();
  auto renamed = std::move(fifth);
  co_await std::move(renamed);
}

aio::Coro<> good_captured() {
  auto first = flush();
  auto by_move = [first = std::move(first)]() mutable { consume(std::move(first)); };
  auto second = flush();
  auto by_reference = [&second] { consume(std::move(second)); };
  auto third = flush();
  auto by_default = [&] { consume(std::move(third)); };
  by_move(), by_reference(), by_default();
  co_return;
}

aio::Coro<> good_swapped() {
  auto first = flush(), second = flush();
  std::swap(first, second);
  co_await std::move(first);
  co_await std::move(second);
  auto third = flush();
  co_await std::exchange(third, flush());
  co_await std::move(third);
}

aio::Coro<> good_aliases() {
  auto work = flush();
  auto &alias = work;
  co_await std::move(alias);
  auto &&extended = flush();
  co_await std::move(extended);
  auto other = flush();
  auto *pointer = &other;
  co_await std::move(*pointer);
  auto third = flush();
  auto wrapped = std::ref(third);
  co_await std::move(wrapped.get());
}

aio::Coro<> good_range_for() {
  std::vector<aio::Coro<>> all;
  all.push_back(flush());
  for (auto &work : all)
    co_await std::move(work);
  std::vector<aio::Coro<>> more;
  more.push_back(flush());
  for (auto it = more.begin(); it != more.end(); ++it)
    co_await std::move(*it);
  std::vector<aio::Coro<>> last;
  last.push_back(flush());
  for (std::size_t i = 0; i < last.size(); ++i)
    co_await std::move(last[i]);
}

aio::Coro<> good_chosen(bool first) {
  auto one = fetch(1), two = fetch(2);
  co_await (first ? std::move(one) : std::move(two));
}

aio::Coro<> good_structured_binding() {
  auto [number, nothing] = both();
  co_await std::move(number);
  co_await std::move(nothing);
}

aio::Coro<> good_holders() {
  std::optional<aio::Coro<>> maybe;
  if (enabled())
    maybe = flush();
  if (maybe)
    co_await std::move(*maybe);
  std::optional<aio::Coro<>> emplaced;
  emplaced.emplace(flush());
  co_await *std::move(emplaced);
}

aio::Coro<> good_empty_holders() {
  std::optional<aio::Coro<>> none = std::nullopt;
  std::unique_ptr<aio::Coro<>> null = nullptr;
  std::vector<aio::Coro<>> all(std::allocator<aio::Coro<>>{});
  std::vector<std::optional<aio::Coro<>>> three(3);
  std::variant<int, aio::Coro<>> number = 3;
  co_return;
}

std::shared_ptr<aio::Coro<>> shared();

void good_shared() { auto work = shared(); }

aio::Coro<> good_closed() {
  auto work = flush();
  work.close();
  co_return;
}

aio::Coro<> good_cast_to_void() {
  auto work = flush();
  (void)work;
  co_return;
}

aio::Coro<> good_loop(int count) {
  for (int number = 0; number < count; ++number) {
    auto page = fetch(number);
    if (co_await std::move(page) == 3)
      break;
  }
}

aio::Coro<> good_condition() {
  if (auto ready = dial(); co_await std::move(ready))
    log("connected");
  while (true) {
    auto ready = dial();
    if (!co_await std::move(ready))
      continue;
    co_return;
  }
}

aio::Coro<> good_static() {
  static auto once = flush();
  thread_local auto each = flush();
  co_return;
}

aio::Coro<> good_parameter(aio::Coro<> work) { co_await std::move(work); }

void good_exit() {
  auto work = flush();
  std::exit(1);
}

aio::Coro<> good_nested_functions() {
  struct Runner {
    aio::Coro<> work;
    aio::Coro<> run() { co_await std::move(work); }
  };
  auto work = flush();
  Runner runner{std::move(work)};
  co_await runner.run();
}

aio::Coro<> good_thrown_away_on_failure() {
  auto page = fetch(1);
  if (!co_await dial())
    throw 1;
  co_await std::move(page);
}

// What is not seen

struct Connection {
  aio::Coro<> pending = flush();

  void known_miss_overwritten_member() {
    pending = flush();
    pending = flush();
  }
};

aio::Coro<> known_miss_partly_drained() {
  std::vector<aio::Coro<>> all;
  all.push_back(flush());
  all.push_back(flush());
  co_await std::move(all.front());
}

aio::Coro<> known_miss_lambda_never_called() {
  auto work = flush();
  auto later = [&work] { consume(std::move(work)); };
  co_return;
}

aio::Coro<> known_miss_only_read_by_callee() {
  auto work = flush();
  look(work);
  co_return;
}

aio::Coro<> known_miss_exception() {
  auto work = flush();
  co_await dial(); // throws
  co_await std::move(work);
}

aio::Coro<> good_parts_have_names() {
  std::tuple<aio::Coro<>, aio::Coro<int>> both{flush(), fetch(1)};
  auto &[nothing, number] = both;
  co_await std::move(nothing);
  co_await std::move(number);
}

/// A task whose copies share its work.
struct Shared {
  struct promise_type {
    Shared get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>) const;
  void await_resume() const;
  bool done() const;
  int get() const;
};

Shared common();

aio::Coro<> good_copied() {
  Shared first = common();
  Shared second = first;
  co_await first;
}

void good_driven_by_a_const_method() {
  auto work = common();
  log(work.get() ? "some" : "none");
}

// What was awaited comes back done; its awaiter is the protocol by hand.

mini::task<mini::task<int>> settle(mini::task<int> work);
mini::task<mini::task<int>> choose(int number);
mini::task<> settle_all();

mini::task<> good_settled() {
  auto work = lookup();
  const auto done = co_await settle(std::move(work));
  log(done.is_ready() ? "done" : "not done");
}

mini::task<> bad_chosen() {
  // CHECK: :[[@LINE+1]]:8: warning: 'chosen' is never awaited, so its work never starts [coro-unawaited-task]
  auto chosen = co_await choose(1);
}

mini::detail::task_awaiter<int> awaiter_of(mini::task<int> &work);

void good_awaiter_by_hand(mini::task<int> work) {
  auto awaiter = std::move(work).operator co_await();
  log(awaiter.await_ready() ? "ready" : "not ready");
}

// Nothing is lost where there was nothing.

mini::task<> good_empty_is_moved() {
  mini::task<> first, second;
  first = std::move(second);
  auto third = std::move(first);
  if (enabled())
    second = std::move(third);
  co_return;
}

mini::task<> bad_moved_on() {
  // CHECK: :[[@LINE+1]]:16: warning: 'first' is never awaited, so its work never starts [coro-unawaited-task]
  mini::task<> first, second = settle_all();
  first = std::move(second);
  co_return;
}

void good_awaiter_that_is_marked_unused(mini::task<int> work) {
  [[maybe_unused]] auto awaiter = awaiter_of(work);
}
