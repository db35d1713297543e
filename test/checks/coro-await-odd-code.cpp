// coro-await-odd-code.cpp - tasks and locks in unusual but valid code
//
// RUN: %findings %s %flags -std=c++23 | %expect %s

#include <algorithm>
#include <coroutine>
#include <functional>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<> flush() { co_return; }
bool enabled();
std::mutex m;

// Templates: analysed where they are instantiated, reported once

template <class T> aio::Coro<> bad_template(T value) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'fetch' returns is never awaited
  fetch(static_cast<int>(value));
  // CHECK: :[[@LINE+1]]:8: warning: 'page' is never awaited
  auto page = fetch(1);
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked
  std::lock_guard guard(m);
  co_await flush();
}
template aio::Coro<> bad_template(int);
template aio::Coro<> bad_template(long);

template <class Awaitable> aio::Coro<> bad_for_some(Awaitable (*make)()) {
  // CHECK: :[[@LINE+1]]:3: warning: the awaitable is never awaited
  make();
  co_return;
}
template aio::Coro<> bad_for_some(aio::Coro<> (*)());
template aio::Coro<> bad_for_some(int (*)());

template <class Mutex> aio::Coro<> bad_with_some_mutex(Mutex &mutex) {
  // CHECK: :[[@LINE+1]]:26: warning: 'guard' stays locked
  std::lock_guard<Mutex> guard(mutex);
  co_await flush();
}
struct FairMutex {
  void lock();
  void unlock();
};
template aio::Coro<> bad_with_some_mutex(std::mutex &);
template aio::Coro<> bad_with_some_mutex(FairMutex &);

template <class T> aio::Coro<> good_never_instantiated(T value) { fetch(value); }

void generic_lambdas() {
  auto generic = [](auto value) -> aio::Coro<> {
    // CHECK: :[[@LINE+1]]:5: warning: what 'fetch' returns is never awaited
    fetch(static_cast<int>(value));
    // CHECK: :[[@LINE+1]]:21: warning: 'guard' stays locked
    std::lock_guard guard(m);
    co_await flush();
  };
  aio::run(generic(1));
  aio::run(generic(1L));
}

template <class... Work> aio::Coro<> good_pack(Work... work) {
  (co_await std::move(work), ...);
}
template <class... Work> aio::Coro<> bad_pack(Work (*...make)()) {
  // CHECK: :[[@LINE+1]]:4: warning: the awaitable is never awaited
  (make(), ...);
  co_return;
}
template aio::Coro<> good_pack(aio::Coro<>, aio::Coro<int>);
template aio::Coro<> bad_pack(aio::Coro<> (*)(), aio::Coro<int> (*)());

template <class Derived> struct Service {
  aio::Coro<> serve() {
    // CHECK: :[[@LINE+1]]:5: warning: what 'Printer::print' returns is never awaited
    static_cast<Derived *>(this)->print();
    co_await static_cast<Derived *>(this)->print();
  }
};
struct Printer : Service<Printer> {
  aio::Coro<> print();
};
template struct Service<Printer>;

// Explicit object parameters

struct Deduced {
  aio::Coro<> stop(this Deduced &self);
  aio::Coro<> bad(this Deduced self) {
    // Clang 19 begins such a call at the name of the function.
    // CHECK: :[[@LINE+1]]:{{5|10}}: warning: what 'Deduced::stop' returns is never awaited
    self.stop();
    // CHECK: :[[@LINE+1]]:10: warning: 'work' is never awaited
    auto work = self.stop();
    co_return;
  }
  template <class Self> aio::Coro<> good(this Self &&self) { co_await self.stop(); }
};
template aio::Coro<> Deduced::good(this Deduced &);

void recursive_lambda() {
  auto count = [](this auto self, int number) -> aio::Coro<> {
    if (number > 0)
      // CHECK: :[[@LINE+1]]:7: warning: {{.*}} is never awaited
      self(number - 1);
    co_return;
  };
  aio::run(count(3));
}

// Places for tasks

struct Pair {
  aio::Coro<> first;
  aio::Coro<int> second;
};
union Slot {
  aio::Coro<> work;
  int number;
  Slot() : number(0) {}
  ~Slot() {}
};
struct View {
  aio::Coro<> &work;
};

aio::Coro<> good_aggregates() {
  Pair pair{flush(), fetch(1)};
  co_await std::move(pair.first);
  co_await std::move(pair.second);
  auto work = flush();
  View view{work};
  co_await std::move(view.work);
}

aio::Coro<> good_raw_storage() {
  Slot slot;
  new (&slot.work) aio::Coro<>(flush());
  co_await std::move(slot.work);
  slot.work.~Coro();
  auto *owned = new aio::Coro<>(flush());
  co_await std::move(*owned);
  delete owned;
}

aio::Coro<> good_arrays(int index) {
  aio::Coro<> all[] = {flush(), flush()};
  for (auto &work : all)
    co_await std::move(work);
  aio::Coro<> more[2] = {flush(), flush()};
  co_await std::move(more[index]);
}

aio::Coro<> known_miss_aggregate() {
  Pair pair{flush(), fetch(1)};
  co_return;
}

aio::Coro<> good_default_argument(aio::Coro<> work = flush()) { co_await std::move(work); }

struct Holder {
  aio::Coro<> work = flush();
  std::vector<aio::Coro<>> all;
  explicit Holder(aio::Coro<> first) : work(std::move(first)) {}
  Holder() : Holder(flush()) {}
  aio::Coro<> take() && { return std::move(work); }
  aio::Coro<> &look() & { return work; }
};

aio::Coro<> good_members(Holder holder) {
  holder.look();
  co_await std::move(holder).take();
  auto work = flush();
  Holder other(std::move(work));
  co_await std::move(other.work);
}

/// Copies share the work; a conversion starts it.
class Shared {
public:
  using promise_type = mini::task<>::promise_type;
  Shared(mini::task<> work);
  Shared(const Shared &);
  operator int();
  mini::detail::task_awaiter<void> operator co_await() const;
};
Shared shared();

mini::task<> copyable() {
  // CHECK: :[[@LINE+1]]:8: warning: 'first' is never awaited
  auto first = shared();
  auto second = shared();
  auto copy = second;
  co_await copy;
  int number = shared();
  Shared converted = mini::task<>();
  co_await converted;
}

// Awaiters

struct Awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept;
};
class Hidden : private Awaiter {
public:
  Awaiter operator co_await() const;
};
class Exposed : private Awaiter {
public:
  using Awaiter::await_ready, Awaiter::await_resume, Awaiter::await_suspend;
};
namespace free_operator {
struct [[nodiscard]] Timer {};
Awaiter operator co_await(Timer);
template <class T> struct [[nodiscard]] Channel {};
template <class T> Awaiter operator co_await(Channel<T> &&);
Timer timer();
Channel<int> channel();
} // namespace free_operator
Exposed exposed();
Hidden hidden();

mini::task<> bad_awaiters() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'exposed' returns is never awaited
  exposed();
  // CHECK: :[[@LINE+1]]:3: warning: what 'free_operator::timer' returns is never awaited
  free_operator::timer();
  // CHECK: :[[@LINE+1]]:3: warning: what 'free_operator::channel' returns is never awaited
  free_operator::channel();
  co_await hidden();
}

// The operand of co_await is in the tree twice; await_transform adds more

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;
asio::awaitable<void> read();
asio::awaitable<void> write();

asio::awaitable<void> asio_tasks(asio::io_context &context) {
  co_await read();
  auto executor = co_await asio::this_coro::executor;
  asio::co_spawn(executor, read(), asio::detached);
  asio::co_spawn(context, [] { return write(); }, asio::detached);
  auto first = read(), second = write();
  co_await (std::move(first) && std::move(second));
  co_await (read() || write());
  // CHECK: :[[@LINE+1]]:3: warning: {{.*}} is never awaited
  read() && write();
  // CHECK: :[[@LINE+1]]:8: warning: 'both' is never awaited
  auto both = read() && write();
  // CHECK: :[[@LINE+1]]:3: warning: what 'read' returns is never awaited
  read();
}

asio::awaitable<void> good_await_under_a_released_lock() {
  std::unique_lock lock(m);
  lock.unlock();
  co_await read();
}

// Functions

auto deduced() { return fetch(1); }
aio::Coro<int> (*pointer())() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'deduced' returns is never awaited
  deduced();
  return nullptr;
}

aio::Coro<> function_try_block() try {
  // CHECK: :[[@LINE+1]]:3: warning: what 'flush' returns is never awaited
  flush();
  co_return;
} catch (...) {
}

extern "C" void c_function() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'flush' returns is never awaited
  flush();
}

consteval int number() { return 1; }

aio::Coro<> declarations() {
  struct Local {
    static aio::Coro<> run() {
      // CHECK: :[[@LINE+1]]:7: warning: what 'flush' returns is never awaited
      flush();
      co_return;
    }
  };
  co_await Local::run();
  static_assert(number() == 1);
  using std::swap;
  auto first = flush(), second = flush();
  swap(first, second);
  co_await std::move(first);
  co_await std::move(second);
  volatile bool stop = false;
  while (!stop)
    co_await flush();
}

// Numbers that fit in no signed integer
void limit(unsigned long long) {}
aio::Coro<> good_huge_numbers() {
  limit(~0ull);
  limit(18446744073709551615ull);
  co_return;
}

// Instances of a variable template that is defined outside its class
struct Traits {
  template <class T> static const bool wide;
};
template <class T> const bool Traits::wide = sizeof(T) > 4;
aio::Coro<> bad_after_variable_template() {
  if (Traits::wide<long>)
    // CHECK: :[[@LINE+1]]:5: warning: what 'flush' returns is never awaited, so its work never starts [coro-discarded-task]
    flush();
  co_return;
}
