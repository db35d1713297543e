// lambda-called-on-the-spot.cpp - a coroutine reads a capture of a dead closure
//
// RUN: %findings %s %flags | %expect %s
//
// drogon pull request 1069 (2021); llvm 76995; libcoro cd4405c (2025)

#include <string>

#include "drogon_mock.h"

void log(const std::string &text);

void bad_capture(trantor::EventLoop *loop, std::string user) {
  // CHECK: :[[@LINE+1]]:3: warning: the captures of this coroutine lambda die at the end of this expression
  [loop, user]() -> drogon::AsyncTask {
    co_await drogon::sleepCoro(loop, 1);
    log(user);
  }();
}

void good_parameters(trantor::EventLoop *loop, std::string user) {
  [](trantor::EventLoop *loop, std::string user) -> drogon::AsyncTask {
    co_await drogon::sleepCoro(loop, 1);
    log(user);
  }(loop, user);
}
