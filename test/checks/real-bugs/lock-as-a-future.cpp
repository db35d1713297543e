// lock-as-a-future.cpp - a lock that was asked for and never awaited
//
// RUN: %findings %s %flags | %expect %s
//
// scylladb bc482bfdea (2026), 7d6f734a51, 66206207f9; redpanda aa279b2a87, 40513ab296

#include "seastar_mock.h"

struct Registry {
  seastar::semaphore writers;
  int version = 0;

  seastar::future<> bad_version() {
    // CHECK: :[[@LINE+1]]:10: warning: 'permit' is never awaited
    auto permit = seastar::get_units(writers, 1);
    int next = version + 1;
    co_await publish(next);
    version = next;
  }

  seastar::future<> good_version() {
    auto permit = co_await seastar::get_units(writers, 1);
    int next = version + 1;
    co_await publish(next);
    version = next;
  }

  seastar::future<> publish(int number);
};
