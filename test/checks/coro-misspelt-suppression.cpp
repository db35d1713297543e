// coro-misspelt-suppression.cpp - comments that name no check
//
// RUN: %findings --command %s %flags | %expect %s

#include <aio/aio.h>

// CHECK: :[[@LINE+1]]:25: warning: no check is called 'coro-blokcing-call'; did you mean 'coro-blocking-call'? [coro-misspelt-suppression]
int bad_letters = 0; // NOLINT(coro-blokcing-call): two letters
// CHECK: :[[@LINE+1]]:29: warning: no check is called 'coro_blocking_call'; did you mean 'coro-blocking-call'? [coro-misspelt-suppression]
int bad_signs = 0;       // NOLINT(coro_blocking_call): no dashes
// CHECK: :[[@LINE+1]]:29: warning: no check is called 'corolint-sync-wait'; did you mean 'coro-sync-wait'? [coro-misspelt-suppression]
int bad_prefix = 0;      // NOLINT(corolint-sync-wait): too much
// CHECK: :[[@LINE+1]]:29: warning: no check is called 'coro-nothing-like-it' [coro-misspelt-suppression]
int bad_invention = 0;   // NOLINT(coro-nothing-like-it): made up
// CHECK: :[[@LINE+1]]:29: warning: no check is called 'coro-blcoking-*' [coro-misspelt-suppression]
int bad_pattern = 0;     // NOLINT(coro-blcoking-*): names none
// CHECK: :[[@LINE+1]]:4: warning: no check is called 'coro-sync-wiat'; did you mean 'coro-sync-wait'? [coro-misspelt-suppression]
// NOLINTBEGIN(coro-sync-wiat): once, at its begin
int bad_block = 0;
// NOLINTEND(coro-sync-wiat)

int good_tool = 0;   // NOLINT(core-check): of another tool
int good_tools = 0;  // NOLINT(coroutine-checks-x): of another tool
const char *good_text = "NOLINT(coro-blokcing-call)";
