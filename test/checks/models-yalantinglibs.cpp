// models-yalantinglibs.cpp - what corolint knows of yalantinglibs
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <string>
#include <thread>

#include "yalantinglibs_mock.h"

using namespace std::chrono_literals;
using async_simple::coro::Lazy;

Lazy<> bad_sync_calls(coro_rpc::coro_rpc_client &rpc, coro_http::coro_http_client &http) {
  // CHECK: :[[@LINE+1]]:7: warning: 'coro_rpc::coro_rpc_client::sync_connect' stops the event loop in coroutine 'bad_sync_calls' until asynchronous work is done [coro-sync-wait]
  rpc.sync_connect("localhost", "8801");
  // CHECK: :[[@LINE+1]]:8: warning: 'cinatra::coro_http_client::get' stops the event loop in coroutine 'bad_sync_calls' until asynchronous work is done [coro-sync-wait]
  http.get("http://example.org/");
  co_return;
}

Lazy<> bad_read(coro_io::socket &socket) {
  std::string text;
  // CHECK: :[[@LINE+1]]:3: warning: 'coro_io::read' blocks the event loop in coroutine 'bad_read' [coro-blocking-call]
  coro_io::read(socket, text);
  co_return;
}

Lazy<> bad_dropped(coro_rpc::coro_rpc_client &rpc) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'coro_rpc::coro_rpc_client::connect' returns is never awaited, so its work never starts [coro-discarded-task]
  rpc.connect("localhost", "8801");
  co_return;
}

// Work that blocks has a pool of its own, of the same class as that for I/O.
void good_work_that_blocks() {
  coro_io::get_global_block_executor()->schedule([] { std::this_thread::sleep_for(1s); });
}

Lazy<> good_ways_to_await(coro_io::socket &socket, coro_rpc::coro_rpc_client &rpc,
                          coro_http::coro_http_client &http) {
  std::string text;
  co_await coro_io::async_read(socket, text);
  co_await rpc.connect("localhost", "8801");
  co_await http.async_get("http://example.org/");
  co_await coro_io::post([] { std::this_thread::sleep_for(1s); });
  co_await coro_io::post([] { std::this_thread::sleep_for(1s); }, coro_io::get_global_executor());
}
