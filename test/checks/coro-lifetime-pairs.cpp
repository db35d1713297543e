// coro-lifetime-pairs.cpp - mistakes that users told of, and their harmless twins
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "seastar_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;
using namespace std::chrono_literals;

struct Schema {
  std::string table;
};
Schema schema();
void use(const std::string &text);
void look(int number);

// CppCoreGuidelines 2050, redpanda 27708: reference parameters are right where
// the caller awaits, and rules against all of them were switched off.

aio::Coro<int> count(const Schema &of) {
  co_await aio::sleep(1ms);
  co_return static_cast<int>(of.table.size());
}
aio::Coro<> good_structured(const Schema &given) {
  look(co_await count(given));
  look(co_await count(schema()));
  Schema own = schema();
  look(co_await count(own));
  aio::TaskGroup group;
  group.create_task(count(own));
  co_await group.join();
}
void bad_unstructured() {
  Schema own = schema();
  // CHECK: :[[@LINE+1]]:20: warning: 'of' of 'count' refers to 'own', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  aio::create_task(count(own));
}

// llvm 208970: a task that can only be awaited where it is made

template <class T> class [[nodiscard]] now_task {
public:
  struct promise_type : mini::detail::result_of_promise<T> {
    std::coroutine_handle<> continuation;
    now_task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    mini::detail::final_awaiter final_suspend() noexcept { return {}; }
    void unhandled_exception();
  };
  now_task(now_task &&) = delete;
  ~now_task();
  mini::detail::task_awaiter<T> operator co_await() &&noexcept;
};
now_task<int> count_now(const Schema &of) {
  co_await mini::sleep_for(1ms);
  co_return static_cast<int>(of.table.size());
}
mini::task<int> good_only_now() { co_return co_await count_now(schema()); }
now_task<int> bad_returned_now() {
  Schema own = schema();
  // CHECK: :[[@LINE+1]]:10: warning: 'of' of 'count_now' refers to 'own', which dies
  return count_now(own);
}

// redpanda 29846: a function became a coroutine; its rvalue reference did not

seastar::future<> good_copies_first(std::string &&name) {
  std::string own = std::move(name);
  co_await seastar::sleep(1ms);
  use(own);
}
seastar::future<> reads_late(std::string &&name) {
  co_await seastar::sleep(1ms);
  use(name);
}
seastar::future<> good_awaited_there() { co_await reads_late(std::string("a")); }
seastar::future<> bad_returned(std::string name) {
  // CHECK: :[[@LINE+1]]:10: warning: 'name' of 'reads_late' refers to 'name', which dies
  return reads_late(std::move(name));
}
seastar::future<> good_returned(std::string name) { return good_copies_first(std::move(name)); }

// llvm 140912: a fix that turned a value into a reference

mini::task<int> by_value(std::vector<int> numbers) {
  co_await mini::sleep_for(1ms);
  co_return numbers[0];
}
mini::task<int> by_reference(const std::vector<int> &numbers) {
  co_await mini::sleep_for(1ms);
  co_return numbers[0];
}
mini::task<int> good_value() {
  auto work = by_value({1, 2, 3});
  co_return co_await std::move(work);
}
mini::task<int> bad_reference() {
  // CHECK: :[[@LINE+1]]:28: warning: 'numbers' of 'by_reference' refers to a temporary
  auto work = by_reference({1, 2, 3});
  co_return co_await std::move(work);
}

// glasgow-constraint-solver 599: a temporary for a generator

struct Solver {
  struct View {
    const Solver &of;
    int size() const;
  };
  View current() const { return {*this}; }
};
mini::generator<int> branches(const Solver::View &view) {
  for (int i = 0; i < view.size(); ++i)
    co_yield i;
}
int bad_temporary_for_a_generator(const Solver &solver) {
  // CHECK: :[[@LINE+1]]:24: warning: 'view' of 'branches' refers to a temporary
  auto each = branches(solver.current());
  return *each.begin();
}
int good_named_for_a_generator(const Solver &solver) {
  Solver::View view = solver.current();
  auto each = branches(view);
  return *each.begin();
}

// redpanda 5deb0ebc15 (2024): a forwarding reference. Reported are the calls that
// bind a temporary, where it is read late and the task is not awaited at once.

template <class Source> mini::task<int> consume(Source &&source) {
  co_await mini::sleep_for(1ms);
  co_return source.take();
}
template <class Source> mini::task<int> consume_copy(Source source) {
  co_await mini::sleep_for(1ms);
  co_return source.take();
}
template <class Source> mini::job<int> consume_early(Source &&source) {
  int taken = source.take();
  co_await mini::sleep_for(1ms);
  co_return taken;
}
struct Reader {
  int take();
};
mini::task<int> bad_forwarding_reference() {
  // CHECK: :[[@LINE+1]]:23: warning: 'source' of 'consume' refers to a temporary
  auto work = consume(Reader());
  co_return co_await std::move(work);
}
mini::task<int> good_awaited_at_once() { co_return co_await consume(Reader()); }
mini::task<int> good_lvalue() {
  Reader reader;
  auto work = consume(reader);
  co_return co_await std::move(work);
}
mini::task<int> good_taken_by_value() {
  auto work = consume_copy(Reader());
  co_return co_await std::move(work);
}
mini::task<int> good_read_before_the_suspension() {
  auto work = consume_early(Reader());
  co_return co_await std::move(work);
}

// CppCoreGuidelines 1756, llvm 76995, redpanda 7114: lambdas with captures

mini::task<int> bad_called_and_kept() {
  int a = 1;
  // CHECK: :[[@LINE+1]]:15: warning: the captures of this coroutine lambda die at the end of this expression, before the coroutine has ended [coro-lambda-capture]
  auto work = [a](int x) -> mini::task<int> { co_return x + a; }(2);
  co_return co_await std::move(work);
}
mini::task<int> good_called_and_awaited() {
  int a = 1;
  co_return co_await [a](int x) -> mini::task<int> { co_return x + a; }(2);
}
void bad_scope_ends(std::shared_ptr<Schema> shared) {
  const auto body = [shared]() -> mini::job<> {
    co_await mini::sleep_for(1ms);
    use(shared->table);
  };
  // CHECK: :[[@LINE+1]]:3: warning: the captures of the coroutine lambda in 'body' die with it
  body();
}
mini::task<> good_scope_waits(std::shared_ptr<Schema> shared) {
  const auto body = [shared]() -> mini::job<> {
    co_await mini::sleep_for(1ms);
    use(shared->table);
  };
  co_await body();
}
void good_parameters(std::shared_ptr<Schema> shared) {
  [](std::shared_ptr<Schema> own) -> mini::job<> {
    co_await mini::sleep_for(1ms);
    use(own->table);
  }(shared);
}

// redpanda 3600: captures are copied into the frame of an eager coroutine

seastar::future<> good_copied_into_the_frame(std::string name) {
  return seastar::make_ready_future().then([name]() -> seastar::future<> {
    auto own = name;
    co_await seastar::sleep(1ms);
    use(own);
  });
}

// scylladb 12487, 15098, 26835, 27732: a coroutine as a continuation

struct Map {
  std::string name;
  seastar::future<> bad_continuation(seastar::future<> before) {
    // CHECK: :[[@LINE+1]]:35: warning: this call drops the coroutine lambda as soon as it has returned a task; its captures die with it
    return std::move(before).then([this]() -> seastar::future<> {
      co_await seastar::sleep(1ms);
      use(name);
    });
  }
  seastar::future<> good_continuation(seastar::future<> before) {
    co_await std::move(before);
    co_await seastar::sleep(1ms);
    use(name);
  }
  seastar::future<> good_wrapped(seastar::future<> before) {
    co_await std::move(before).then(seastar::coroutine::lambda([this]() -> seastar::future<> {
      co_await seastar::sleep(1ms);
      use(name);
    }));
  }
};

// scylladb 28200: the wrapper that only refers to a lambda, where it is stored

struct Streaming {
  explicit Streaming(std::function<seastar::future<>()> work) : work(std::move(work)) {}
  std::function<seastar::future<>()> work;
};
std::shared_ptr<Streaming> bad_wrapper_is_stored(int number) {
  // CHECK: :[[@LINE+2]]:34: warning: the captures of this coroutine lambda die
  return std::make_shared<Streaming>(
      seastar::coroutine::lambda([number]() -> seastar::future<> {
        co_await seastar::sleep(1ms);
        look(number);
      }));
}
std::shared_ptr<Streaming> good_lambda_is_stored(int number) {
  return std::make_shared<Streaming>([number]() -> seastar::future<> {
    co_await seastar::sleep(1ms);
    look(number);
  });
}

// Asio 1135, 1027: co_spawn() keeps a lambda, but not what it was called on

void bad_spawns_the_result(asio::io_context &context, int number) {
  // CHECK: :[[@LINE+1]]:27: warning: the captures of this coroutine lambda die
  asio::co_spawn(context, [number]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    look(number);
  }(), asio::detached);
}
void good_spawns_the_lambda(asio::io_context &context, int number) {
  asio::co_spawn(context, [number]() -> asio::awaitable<void> {
    co_await asio::this_coro::executor;
    look(number);
  }, asio::detached);
}

// A recursion through a std::function that holds the lambda

struct Node {
  std::vector<Node> children;
  int value;
};
mini::task<int> good_recursion(const Node &root) {
  std::function<mini::task<int>(const Node &)> visit =
      [&](const Node &node) -> mini::task<int> {
    int sum = node.value;
    for (const Node &child : node.children)
      sum += co_await visit(child);
    co_return sum;
  };
  co_return co_await visit(root);
}
mini::task<int> bad_recursion(const Node &root) {
  std::function<mini::task<int>(const Node &)> visit =
      [&](const Node &node) -> mini::task<int> {
    int sum = node.value;
    for (const Node &child : node.children)
      sum += co_await visit(child);
    co_return sum;
  };
  // CHECK: :[[@LINE+1]]:10: warning: this coroutine lambda captures 'visit', which dies before the coroutine has ended [coro-lambda-capture]
  return visit(root);
}
