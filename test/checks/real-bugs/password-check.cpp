// password-check.cpp - slow work behind two calls stalls the loop
//
// RUN: %findings --strict %s %flags | %expect %s
//
// scylladb 9574513ec1 (2025): a hash of a password took the loop for its own

#include <string>

#include <unistd.h>

#include "seastar_mock.h"

std::string hash_with_salt(const std::string &password, const std::string &salt) {
  return crypt(password.c_str(), salt.c_str());
}
bool matches(const std::string &password, const std::string &stored) {
  return hash_with_salt(password, stored) == stored;
}

seastar::future<bool> bad_authenticate(std::string password, std::string stored) {
  // CHECK: :[[@LINE+1]]:13: warning: call of 'matches' blocks the event loop in coroutine 'bad_authenticate': it reaches 'crypt' [coro-blocking-call]
  co_return matches(password, stored);
}

seastar::future<bool> good_authenticate(std::string password, std::string stored) {
  bool same = false;
  co_await seastar::async([&] { same = matches(password, stored); });
  co_return same;
}
