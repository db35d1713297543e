// coro-blocking-call-implicit.cpp - calls that nobody wrote
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <tuple>
#include <vector>

#include <aio/aio.h>

using namespace std::chrono_literals;

int nap() {
  std::this_thread::sleep_for(10ms);
  return 1;
}

// Constructors

struct Opened {
  Opened() { nap(); }
  explicit Opened(int) {}
};
struct Defaulted {
  int value = nap();
};
struct Written {
  int value = nap();
  Written() {}
  explicit Written(int given) : value(given) {}
};
struct Derived : Defaulted {};
struct Inheriting : Opened {
  using Opened::Opened;
  int value = nap();
};
struct Aggregate {
  int first = nap();
  int second = 2;
};
struct Outer {
  Aggregate inner{};
};

aio::Coro<> bad_constructors() {
  // CHECK: :[[@LINE+1]]:10: warning: call of 'Opened::Opened' blocks the event loop in coroutine 'bad_constructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Opened opened;
  // CHECK: :[[@LINE+1]]:13: warning: call of 'Defaulted::Defaulted' blocks the event loop in coroutine 'bad_constructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Defaulted defaulted;
  // CHECK: :[[@LINE+1]]:11: warning: call of 'Written::Written' blocks the event loop in coroutine 'bad_constructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Written written;
  // CHECK: :[[@LINE+1]]:11: warning: call of 'Derived::Derived' blocks the event loop in coroutine 'bad_constructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Derived derived;
  // CHECK: :[[@LINE+1]]:14: warning: call of 'Inheriting::Inheriting' blocks the event loop in coroutine 'bad_constructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Inheriting inheriting(3);
  // CHECK: :[[@LINE+1]]:20: warning: call of 'Opened::Opened' blocks the event loop in coroutine 'bad_constructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  auto owned = new Opened;
  delete owned;
  alignas(Opened) char room[sizeof(Opened)];
  // CHECK: :[[@LINE+1]]:14: warning: call of 'Opened::Opened' blocks the event loop in coroutine 'bad_constructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  new (room) Opened;
  (void)defaulted, (void)written, (void)derived;
  co_return;
}

aio::Coro<> bad_aggregates() {
  // CHECK: :[[@LINE+1]]:16: warning: call of 'nap' blocks the event loop in coroutine 'bad_aggregates': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Aggregate all{};
  // CHECK: :[[@LINE+1]]:18: warning: call of 'nap' blocks the event loop in coroutine 'bad_aggregates': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Aggregate named{.second = 3};
  // CHECK: :[[@LINE+1]]:14: warning: call of 'nap' blocks the event loop in coroutine 'bad_aggregates': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Outer outer{};
  Aggregate round(1);
  co_return static_cast<void>(all.first + named.first + outer.inner.first + round.first);
}

aio::Coro<> good_constructors() {
  Opened opened(1);
  Written written(1);
  Aggregate given{1, 2};
  co_return static_cast<void>(given.first);
}

// Destructors

struct Closed {
  ~Closed() { nap(); }
};
struct HasClosed {
  Closed part;
};
struct IsClosed : Closed {};
struct Deep {
  std::vector<HasClosed> parts;
};
Closed make_closed();

aio::Coro<> bad_destructors() {
  // CHECK: :[[@LINE+1]]:10: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_destructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Closed local;
  // CHECK: :[[@LINE+1]]:13: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_destructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  HasClosed member;
  // CHECK: :[[@LINE+1]]:12: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_destructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  IsClosed base;
  // CHECK: :[[@LINE+1]]:10: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_destructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Closed array[2];
  // CHECK: :[[@LINE+1]]:17: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_destructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  const Closed &extended = make_closed();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_destructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  make_closed();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_destructors': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  delete new Closed;
  co_return;
}

aio::Coro<> bad_containers() {
  // CHECK: :[[@LINE+1]]:23: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_containers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::vector<Closed> vector(1);
  // CHECK: :[[@LINE+1]]:27: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_containers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::unique_ptr<Closed> pointer(new Closed);
  // CHECK: :[[@LINE+1]]:25: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_containers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::optional<Closed> maybe(std::in_place);
  // CHECK: :[[@LINE+1]]:27: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_containers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::tuple<int, Closed> tuple;
  // CHECK: :[[@LINE+1]]:25: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_containers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::map<int, Closed> map;
  map[1];
  // CHECK: :[[@LINE+1]]:8: warning: call of 'Closed::~Closed' blocks the event loop in coroutine 'bad_containers': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Deep deep;
  co_return;
}

aio::Coro<> good_empty_containers() {
  std::vector<Closed> vector;
  std::unique_ptr<Closed> pointer;
  std::optional<Closed> maybe;
  std::map<int, Closed> map;
  co_return;
}

aio::Coro<> good_destructors(Closed &reference, std::vector<Closed *> pointers) {
  Closed &alias = reference;
  static Closed kept_for_ever;
  Closed *leaked = new Closed;
  co_return static_cast<void>((&alias == leaked) + pointers.size());
}

// The deleter of a smart pointer is not followed.
struct Deleter {
  void operator()(int *number) const {
    nap();
    delete number;
  }
};
aio::Coro<> known_miss_deleter() {
  std::unique_ptr<int, Deleter> number(new int);
  co_return;
}

// Nor are constructors that the standard library calls.
aio::Coro<> known_miss_factory() {
  auto made = std::make_unique<Opened>();
  co_return;
}

// Conversions and operators

struct Number {
  operator int() const { return nap(); }
  explicit operator bool() const { return nap(); }
  Number operator+(const Number &) const { return nap(), *this; }
  Number &operator++() { return nap(), *this; }
  Number *operator->() { return nap(), this; }
  int operator[](int) const { return nap(); }
  int operator()() const { return nap(); }
  friend bool operator<(const Number &, const Number &) { return nap(); }
  int plain = 0;
};

aio::Coro<> bad_operators(Number number) {
  // CHECK: :[[@LINE+1]]:19: warning: call of 'Number::operator int' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  int converted = number;
  // CHECK: :[[@LINE+1]]:7: warning: call of 'Number::operator bool' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  if (number)
    // CHECK: :[[@LINE+1]]:5: warning: call of 'Number::operator++' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
    ++number;
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Number::operator+' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  number + number;
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Number::operator[]' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  number[1];
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Number::operator()' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  number();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Number::operator->' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  number->plain = converted;
  // CHECK: :[[@LINE+1]]:15: warning: call of 'operator<' blocks the event loop in coroutine 'bad_operators': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  bool less = number < number;
  co_return static_cast<void>(less);
}

struct Range {
  struct iterator {
    bool operator!=(int) const { return true; }
    iterator &operator++() { return nap(), *this; }
    int operator*() const { return 1; }
  };
  iterator begin() { return {}; }
  int end() { return 0; }
};

aio::Coro<> bad_range_for() {
  // CHECK: :[[@LINE+1]]:19: warning: call of 'Range::iterator::operator++' blocks the event loop in coroutine 'bad_range_for': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  for (int number : Range{})
    (void)number;
  co_return;
}

// Default arguments run in the caller

int ask(int patience = nap()) { return patience; }
void each(void (*action)() = [] { nap(); }) { action(); }
struct Session {
  explicit Session(int patience = nap()) : patience(patience) {}
  int patience;
};
aio::Coro<> lazily(int patience = nap()) { co_return static_cast<void>(patience); }

aio::Coro<> bad_default_arguments() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_default_arguments': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  ask();
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda blocks the event loop in coroutine 'bad_default_arguments': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  each();
  // CHECK: :[[@LINE+1]]:11: warning: call of 'nap' blocks the event loop in coroutine 'bad_default_arguments': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  Session session;
  // CHECK: :[[@LINE+1]]:12: warning: call of 'nap' blocks the event loop in coroutine 'bad_default_arguments': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  co_await lazily();
}

aio::Coro<> good_default_arguments() {
  ask(1);
  each([] {});
  Session session(1);
  co_await lazily(1);
}

// What starts with the program is not on the loop

int good_global = nap();
Opened good_opened;
thread_local int good_per_thread = nap();

// The last user of a shared object destroys it, and that is another one mostly.

struct joins_when_destroyed {
  std::thread worker;
  ~joins_when_destroyed() { worker.join(); }
};

aio::Coro<> good_shared(std::shared_ptr<joins_when_destroyed> one) {
  auto other = one;
  co_await aio::sleep(1ms);
}
