// request-in-a-handler.cpp - a blocking request on the loop that must answer it
//
// RUN: %findings %s %flags | %expect %s
//
// drogon pull request 1143 and issue 400: a deadlock; redpanda 202fe917b8 (2019)

#include <string>

#include "drogon_mock.h"

drogon::Response ask(drogon::HttpClient &client, const std::string &path) {
  return client.sendRequest(path).second;
}

drogon::Task<drogon::Response> bad_handler(drogon::HttpClient &client) {
  // CHECK: :[[@LINE+1]]:13: warning: call of 'ask' blocks the event loop in coroutine 'bad_handler': it reaches 'drogon::HttpClient::sendRequest' [coro-blocking-call]
  co_return ask(client, "/status");
}

drogon::Task<drogon::Response> good_handler(drogon::HttpClient &client) {
  co_return co_await client.sendRequestCoro("/status");
}
