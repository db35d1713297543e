// coro-discarded-task-void.cpp - the option AllowVoidCast
//
// RUN: %findings %s %flags | %expect --check-prefix=ALLOWED %s
// RUN: %clang_tidy --config="{CheckOptions: {coro-discarded-task.AllowVoidCast: 'false'}}" %s %flags | %expect %s

#include <aio/aio.h>

aio::Coro<> flush() { co_return; }

aio::Coro<> casts() {
  // CHECK: :[[@LINE+1]]:9: warning: what 'flush' returns is never awaited
  (void)flush();
  // CHECK: :[[@LINE+1]]:21: warning: what 'flush' returns is never awaited
  static_cast<void>(flush());
  // ALLOWED: :[[@LINE+2]]:3: warning: what 'flush' returns is never awaited
  // CHECK: :[[@LINE+1]]:3: warning: what 'flush' returns is never awaited
  flush();
  co_return;
}
