// future-dropped.cpp - a statement that drops the task it makes
//
// RUN: %findings %s %flags | %expect %s
//
// scylladb 7dbeef3c39, a8724a046e (2015); drogon pull request 1098; concurrencpp 150

#include "cppcoro_mock.h"

cppcoro::task<> send_digest(int peer);

cppcoro::task<> bad_gossip(int peer) {
  // CHECK: :[[@LINE+1]]:3: warning: {{.*}}[coro-discarded-task]
  send_digest(peer);
  co_return;
}

cppcoro::task<> good_gossip(int peer) { co_await send_digest(peer); }
