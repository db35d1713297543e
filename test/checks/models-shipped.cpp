// models-shipped.cpp - a library brings its model beside its headers
//
// RUN: %findings %s %flags -I%S/Inputs/shipped/include | %expect %s
// RUN: %findings %s %flags -isystem %S/Inputs/../Inputs/shipped/include | %expect %s

#include <unistd.h>

#include <acme/acme.h>

#include "task_mock.h"

mini::task<> bad_blocks() {
  // CHECK: :[[@LINE+1]]:3: warning: 'acme::fetch' blocks the event loop in coroutine 'bad_blocks' [coro-blocking-call]
  acme::fetch();
  co_return;
}

mini::task<> bad_second_file() {
  // CHECK: :[[@LINE+1]]:3: warning: 'acme::poll' runs an event loop inside the running one, in coroutine 'bad_second_file' [coro-nested-run]
  acme::poll();
  co_return;
}

mini::task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'acme::issue' returns is dropped, so its result and its errors are lost [coro-discarded-task]
  acme::issue();
  co_return;
}

mini::task<> good_overridden() {
  usleep(100);
  co_return;
}
