// object-of-a-handler.cpp - a handler uses its object after a suspension
//
// RUN: %findings --strict %s %flags | %expect %s
//
// terminal 70ad67053d (2023), a528141fe6 (2026): about a tenth of all crashes

#include <memory>

#include "cppwinrt_mock.h"

class Page : public std::enable_shared_from_this<Page> {
public:
  // CHECK: :[[@LINE+1]]:26: warning: nobody can wait for this coroutine, and nothing keeps this 'Page' alive, which it uses [coro-dangling-this]
  winrt::fire_and_forget bad_clicked() {
    co_await winrt::resume_background();
    ++clicks;
  }

  winrt::fire_and_forget good_clicked() {
    auto self = weak_from_this();
    co_await winrt::resume_background();
    if (auto page = self.lock())
      ++page->clicks;
  }

private:
  int clicks = 0;
};
