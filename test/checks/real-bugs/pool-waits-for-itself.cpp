// pool-waits-for-itself.cpp - a task stops its thread for other tasks
//
// RUN: %findings %s %flags | %expect %s
//
// concurrencpp 61; drogon 706fc70a (2021); stlab 222

#include "concurrencpp_mock.h"

concurrencpp::result<int> part(int number);

concurrencpp::result<int> bad_sum(concurrencpp::executor &pool) {
  // CHECK: :[[@LINE+1]]:66: warning: 'concurrencpp::result::get' stops the event loop in coroutine 'bad_sum' until asynchronous work is done [coro-sync-wait]
  co_return concurrencpp::when_all(pool, part(1), part(2)).run().get();
}

concurrencpp::result<int> good_sum(concurrencpp::executor &pool) {
  co_return co_await concurrencpp::when_all(pool, part(1), part(2));
}
