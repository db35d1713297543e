// configuration.cpp - one configuration, the same findings in every door
//
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: %findings src/unit.cpp %flags -Iinclude | %expect src/unit.cpp
//
// A file below the override is another case.
// RUN: %findings src/strict/unit.cpp %flags -Iinclude | %expect src/strict/unit.cpp
//
// The options of clang-tidy win, like those of the command line.
// RUN: %clang_tidy "--config={CheckOptions: {coro-discarded-task.AllowVoidCast: 'true', Strict: 'true'}}" src/unit.cpp %flags -Iinclude 2>&1 | %expect --check-prefix=OPTIONS src/unit.cpp
//
// A check that Checks names is on, whatever its tier, unless the configuration ignores it.
// RUN: %clang_tidy "--config={Checks: 'coro-unneeded-coroutine,coro-discarded-task'}" src/named.cpp %flags -Iinclude 2>&1 | %expect src/named.cpp

//--- .corolint.yaml
root: true
extend-select: coro-busy-wait
options:
  coro-discarded-task: {AllowVoidCast: false}
models:
  - corolint-model: 1
    library: vendor
    functions:
      - {name: vendor_fetch, effect: blocks}
      - {name: usleep, effect: none}
overrides:
  - {files: include/legacy.h, ignore: blocking}
  - {files: src/strict/, strict: true, ignore: coro-busy-wait}
  - {files: named.cpp, ignore: coro-discarded-task}
//--- include/legacy.h
#include <aio/aio.h>
extern "C" void vendor_fetch();
inline aio::Coro<> legacy() { vendor_fetch(); co_return; }
//--- src/unit.cpp
#include "legacy.h"
#include <future>
#include <unistd.h>

bool ready;

aio::Coro<> test() {
  // OPTIONS: unit.cpp:[[@LINE+2]]:3: warning: 'vendor_fetch' blocks the event loop
  // CHECK: unit.cpp:[[@LINE+1]]:3: warning: 'vendor_fetch' blocks the event loop
  vendor_fetch();
  usleep(1000);
  // CHECK: unit.cpp:[[@LINE+1]]:9: warning: what 'legacy' returns is never awaited
  (void)legacy();
  // OPTIONS: unit.cpp:[[@LINE+2]]:3: warning: this loop
  // CHECK: unit.cpp:[[@LINE+1]]:3: warning: this loop sleeps until something has changed
  while (!ready)
    co_await aio::sleep(std::chrono::milliseconds(1));
  // OPTIONS: unit.cpp:[[@LINE+1]]:8: warning: 'std::future::~future' runs here and blocks
  auto later = std::async(std::launch::async, [] {});
}
//--- src/strict/unit.cpp
#include "legacy.h"
#include <future>

bool ready;

aio::Coro<> test() {
  while (!ready)
    co_await aio::sleep(std::chrono::milliseconds(1));
  // CHECK: unit.cpp:[[@LINE+1]]:8: warning: 'std::future::~future' runs here and blocks
  auto later = std::async(std::launch::async, [] {});
}
//--- src/named.cpp
#include "legacy.h"

// CHECK: named.cpp:[[@LINE+1]]:13: warning: 'test' is a coroutine and awaits nothing
aio::Coro<> test() { legacy(); co_return; }
