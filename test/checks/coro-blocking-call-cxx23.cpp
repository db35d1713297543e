// coro-blocking-call-cxx23.cpp - newer C++ and rarer C++
//
// RUN: %findings %s %flags -std=c++23 | %expect %s

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <variant>

#include <aio/aio.h>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(10ms); }

struct Device {
  void sync(this const Device &self) { self.flush(); }
  void flush() const { nap(); }
  auto operator[](int, int) const { return nap(), 1; }
  static void operator()(int) { nap(); }
};

aio::Coro<> bad_explicit_object(Device device) {
  // CHECK: :[[@LINE+1]]:{{3|10}}: warning: call of 'Device::sync' blocks the event loop in coroutine 'bad_explicit_object': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  device.sync();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Device::operator[]' blocks the event loop in coroutine 'bad_explicit_object': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  device[1, 2];
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Device::operator()' blocks the event loop in coroutine 'bad_explicit_object': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  device(1);
  co_return;
}

aio::Coro<> bad_lambda_with_self() {
  auto loop = [](this auto self, int count) -> void {
    if (count > 0)
      self(count - 1);
    else
      nap();
  };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_lambda_with_self' blocks the event loop in coroutine 'bad_lambda_with_self': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  loop(3);
  auto task = [value = 3](this auto) -> aio::Coro<> { co_return static_cast<void>(value); };
  co_await task();
}

struct Account {
  auto bad_member_lambda() {
    return [](this auto) -> aio::Coro<> {
      // CHECK: :[[@LINE+1]]:7: warning: call of 'nap' blocks the event loop in coroutine lambda in 'Account::bad_member_lambda': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
      nap();
      co_return;
    };
  }
};

aio::Coro<> good_user(Account account) { co_await account.bad_member_lambda()(); }

// Local classes, friends, nested lambdas, conversions to pointers

aio::Coro<> bad_local_class() {
  struct Local {
    void work() { nap(); }
    static aio::Coro<> later() { co_return; }
  };
  // CHECK: :[[@LINE+1]]:11: warning: call of 'Local::work' blocks the event loop in coroutine 'bad_local_class': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Local().work();
  co_await Local::later();
}

aio::Coro<> bad_nested_lambdas() {
  auto outer = [] {
    auto inner = [] { nap(); };
    inner();
  };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_nested_lambdas' blocks the event loop in coroutine 'bad_nested_lambdas': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  outer();
  void (*pointer)() = [] { nap(); };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_nested_lambdas' blocks the event loop in coroutine 'bad_nested_lambdas': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  pointer();
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_nested_lambdas' blocks the event loop in coroutine 'bad_nested_lambdas': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  (+[] { nap(); })();
  co_return;
}

aio::Coro<> bad_noexcept_pointer() {
  void (*pointer)() noexcept = []() noexcept { nap(); };
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_noexcept_pointer' blocks the event loop in coroutine 'bad_noexcept_pointer': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  pointer();
  co_return;
}

namespace hidden {
struct Key {
  friend void touch(Key) { nap(); }
};
} // namespace hidden

aio::Coro<> bad_friend() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'hidden::touch' blocks the event loop in coroutine 'bad_friend': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  touch(hidden::Key{});
  co_return;
}

template <class... Parts> struct Overloaded : Parts... {
  using Parts::operator()...;
};

aio::Coro<> bad_visit(std::variant<int> value) {
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_visit' blocks the event loop in coroutine 'bad_visit': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::visit(Overloaded{[](int) { nap(); }}, value);
  co_return;
}

// A coroutine that is a member, an operator, a lambda's default argument

struct Client {
  aio::Coro<> bad_method() const & {
    // CHECK: :[[@LINE+1]]:5: warning: call of 'nap' blocks the event loop in coroutine 'Client::bad_method': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
    nap();
    co_return;
  }
  aio::Coro<> operator()(auto bad_operator) {
    bad_operator();
    co_return;
  }
};

aio::Coro<> good_client(Client client) {
  co_await client.bad_method();
  co_await client([] {});
}

aio::Coro<> bad_lambda_default_argument() {
  auto ask = [](int patience = (nap(), 1)) { return patience; };
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_lambda_default_argument': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  ask();
  ask(1);
  co_return;
}

union Either {
  int number;
  Either() { nap(); }
};

aio::Coro<> bad_union() {
  // CHECK: :[[@LINE+1]]:10: warning: call of 'Either::Either' blocks the event loop in coroutine 'bad_union': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Either either;
  co_return;
}

aio::Coro<> bad_structured(std::pair<int, std::function<void()>> pair) {
  auto [number, action] = pair;
  // CHECK: :[[@LINE+1]]:39: warning: call of 'nap' blocks the event loop in coroutine 'bad_structured': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  auto &&[first, second] = std::pair((nap(), 1), 2);
  co_return;
}
