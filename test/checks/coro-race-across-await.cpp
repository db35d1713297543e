// coro-race-across-await.cpp - shared state written from a stale value
// RUN: %findings --check=coro-race-across-await %s %flags | %expect %s

#include <atomic>
#include <map>
#include <string>

#include <aio/aio.h>

#include "task_mock.h"

int counter = 0;
std::atomic<int> hits;

aio::Coro<int> fetch();
aio::Coro<> flush();
mini::task<> later();
aio::Coro<int> price(int balance);
void use(int);

aio::Coro<> bad_increment() {
  int value = counter;
  co_await flush();
  // CHECK: :[[@LINE+3]]:3: warning: 'counter' is written from a value that was read before a suspension; what others wrote meanwhile is lost [coro-race-across-await]
  // CHECK: :[[@LINE-3]]:15: note: read here
  // CHECK: :[[@LINE-3]]:3: note: suspended here
  counter = value + 1;
}

aio::Coro<> bad_in_steps() {
  auto value = counter;
  auto next = value + 1;
  co_await flush();
  next *= 2;
  // CHECK: :[[@LINE+1]]:3: warning: 'counter' is written from
  counter = next;
}

aio::Coro<> bad_same_expression() {
  // CHECK: :[[@LINE+1]]:3: warning: 'counter' is written from
  counter = counter + co_await fetch();
}

aio::Coro<> bad_atomic() {
  int value = hits.load();
  co_await flush();
  // CHECK: :[[@LINE+1]]:3: warning: 'hits' is written from
  hits.store(value + 1);
}

struct Account {
  int balance = 0;
};

class Bank {
public:
  aio::Coro<bool> bad_withdraw(int amount) {
    int balance = balance_;
    if (balance < amount)
      co_return false;
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'balance_' is written from
    balance_ = balance - amount;
    co_return true;
  }

  aio::Coro<> bad_element(int id) {
    int balance = accounts_[id];
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'accounts_[id]' is written from
    accounts_[id] = balance - 1;
  }

  aio::Coro<> bad_text() {
    std::string log = log_;
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'log_' is written from
    log_ = log + "more";
  }

  aio::Coro<> good_read_again(int amount) {
    int balance = balance_;
    co_await flush();
    if (balance_ == balance)
      balance_ = balance - amount;
    balance = balance_;
    balance_ = balance + 1;
  }

  aio::Coro<> good_locked(int amount) {
    auto turn = co_await lock_.scoped();
    int balance = balance_;
    co_await flush();
    balance_ = balance - amount;
  }

  aio::Coro<> good_after_the_await() {
    int value = co_await fetch();
    balance_ = balance_ + value;
    balance_ += co_await fetch();
  }

  // The awaited work got the old value; what it gives is new.
  aio::Coro<> good_result() { balance_ = co_await price(balance_); }

private:
  int balance_ = 0;
  std::map<int, int> accounts_;
  std::string log_;
  aio::Lock lock_;
};

mini::task<> bad_parameter(Account &account) {
  int balance = account.balance;
  co_await later();
  // CHECK: :[[@LINE+1]]:3: warning: 'balance' is written from
  account.balance = balance - 1;
}

mini::task<> good_local() {
  int value = 0;
  int copy = value;
  co_await later();
  value = copy + 1;
  use(value);
}

mini::task<> good_exchange() {
  int old = hits.load();
  co_await later();
  while (!hits.compare_exchange_weak(old, old + 1)) {
  }
}

mini::task<> good_other_value() {
  int value = counter;
  co_await later();
  use(value);
  value = 3;
  counter = value;
}

void captured() {
  int total = 0;
  auto bad_capture = [&]() -> mini::task<> {
    int before = total;
    co_await later();
    // CHECK: :[[@LINE+1]]:5: warning: 'total' is written from
    total = before + 1;
  };
  (void)bad_capture;
}

// Checked, awaited, set: nothing is carried over.
mini::task<> known_miss_check_then_act() {
  if (counter == 0) {
    co_await later();
    counter = 1;
  }
}
