// coro-lambda-capture-fix.cpp - the coroutine takes its lambda by value
//
// RUN: %findings --fixed %s %flags -std=c++23 | FileCheck %s

#include <memory>
#include <string>
#include <utility>

#include <aio/aio.h>

aio::Coro<> flush();
void look(std::size_t number);

// CHECK-LABEL: {{^}}void started(
void started(std::string text) {
  // CHECK: {{^  }}aio::create_task([text](this const auto) -> aio::Coro<> {
  aio::create_task([text]() -> aio::Coro<> {
    co_await flush();
    look(text.size());
  }());
  // CHECK: {{^  }}auto named = [text](this const auto, int more) -> aio::Coro<> {
  auto named = [text](int more) -> aio::Coro<> {
    co_await flush();
    look(text.size() + more);
  };
  aio::create_task(named(1));
}

// What it refers to dies all the same; what it owns cannot be copied; a mutable one
// has state that its calls share.

// CHECK-LABEL: {{^}}void left_alone(
void left_alone(std::string text, std::unique_ptr<int> owned) {
  // CHECK: {{^  }}aio::create_task([&text]() -> aio::Coro<> {
  aio::create_task([&text]() -> aio::Coro<> {
    co_await flush();
    look(text.size());
  }());
  // CHECK: {{^  }}auto keeper = [owned = std::move(owned)]() -> aio::Coro<> {
  auto keeper = [owned = std::move(owned)]() -> aio::Coro<> {
    co_await flush();
    look(*owned);
  };
  aio::create_task(keeper());
  // CHECK: {{^  }}aio::create_task([text]() mutable -> aio::Coro<> {
  aio::create_task([text]() mutable -> aio::Coro<> {
    co_await flush();
    text += "x";
  }());
}
