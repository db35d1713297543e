// coro-lambda-capture-cxx23.cpp - coroutine lambdas that name their closure
//
// RUN: %findings %s %flags -std=c++23 | %expect %s

#include <chrono>
#include <string>
#include <utility>

#include <aio/aio.h>

#include "task_mock.h"

using namespace std::chrono_literals;

void look(int number);

aio::Coro<> bad_by_reference_to_itself() {
  // CHECK: :[[@LINE+1]]:15: warning: the captures of this coroutine lambda die
  auto work = [number = 1](this const auto &self) -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  }();
  co_await std::move(work);
}

aio::Coro<> good_self_by_value() {
  auto work = [number = 1](this auto self) -> aio::Coro<> {
    co_await aio::sleep(1ms);
    look(number);
  }();
  co_await std::move(work);
}

// The range of a loop lives as long as the loop.

mini::generator<char> letters(const std::string &text) {
  for (char letter : text)
    co_yield letter;
}
void good_extended_temporary() {
  for (char letter : letters(std::string("text")))
    look(letter);
}
