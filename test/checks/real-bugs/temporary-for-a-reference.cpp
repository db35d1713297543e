// temporary-for-a-reference.cpp - a coroutine refers to a temporary of its caller
//
// RUN: %findings %s %flags | %expect %s
//
// redpanda 5deb0ebc15 (2024); scylladb 0f54e24519 (2023); co_context 374b0fb (2022)

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "seastar_mock.h"

struct Schema {
  std::string table;
};
using SchemaPtr = std::shared_ptr<const Schema>;
struct Frozen {
  operator SchemaPtr() const;
};
void use(const std::string &text);

seastar::future<> bad_notify(const SchemaPtr &schema) {
  co_await seastar::sleep(std::chrono::seconds(1));
  use(schema->table);
}
seastar::future<> good_notify(SchemaPtr schema) {
  co_await seastar::sleep(std::chrono::seconds(1));
  use(schema->table);
}

seastar::future<> bad_conversion(const Frozen &frozen) {
  // CHECK: :[[@LINE+1]]:30: warning: 'schema' of 'bad_notify' refers to a temporary that dies at the end of this expression
  auto notified = bad_notify(frozen);
  co_await std::move(notified);
}
seastar::future<> good_conversion(const Frozen &frozen) {
  auto notified = good_notify(frozen);
  co_await std::move(notified);
}
seastar::future<> good_awaited_there(const Frozen &frozen) { co_await bad_notify(frozen); }
