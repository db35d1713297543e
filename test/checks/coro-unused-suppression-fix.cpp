// coro-unused-suppression-fix.cpp - what nothing needs is taken away
//
// RUN: %findings --fixed %s %flags | FileCheck %s --strict-whitespace

#include <unistd.h>

#include <aio/aio.h>

// The whole comment, with the blanks before it, or with its line.
//      CHECK:{{^}}int one = 0;{{$}}
// CHECK-NEXT:{{^}}int two = 0;{{$}}
// CHECK-NEXT:{{^}}int three = 0; // the third{{$}}
// CHECK-NEXT:{{^}}int five = 4+1;{{$}}
// CHECK-NEXT:{{^}}int six = 6;{{$}}
int one = 0;   // NOLINT(coro-blocking-call): unneeded
// NOLINTNEXTLINE(coro-blocking-call): unneeded
int two = 0;
int three = 0; // the third NOLINT(coro-blocking-call): unneeded
int five = 4/* NOLINT(coro-blocking-call): unneeded */+1;
int/* NOLINT(coro-blocking-call): unneeded */six = 6;

// Some names of a list.
// CHECK:{{^}}int seven = 0; // NO{{LINT}}(cert-err58-cpp): the rest{{$}}
int seven = 0; // NOLINT(coro-blocking-call, cert-err58-cpp,coro-sync-wait): the rest

// Both ends of a block.
//      CHECK:{{^}}aio::Coro<> block() {{{$}}
// CHECK-NEXT:{{^}}  // NO{{LINT}}BEGIN(coro-blocking-call): the rest{{$}}
// CHECK-NEXT:{{^}}  ::sleep(1);{{$}}
// CHECK-NEXT:{{^}}  // NO{{LINT}}END(coro-blocking-call){{$}}
// CHECK-NEXT:{{^}}  int eight = 8;{{$}}
// CHECK-NEXT:{{^}}  (void)eight;{{$}}
aio::Coro<> block() {
  // NOLINTBEGIN(coro-blocking-call, coro-nested-run): the rest
  ::sleep(1);
  // NOLINTEND(coro-blocking-call, coro-nested-run)
  // NOLINTBEGIN(coro-nested-run): unneeded
  int eight = 8;
  // NOLINTEND(coro-nested-run)
  (void)eight;
  co_return;
}

// Left alone: more than one line, and two in one comment.
//      CHECK:{{^}}int nine = 0; /* NO{{LINT}}(coro-blocking-call): unneeded,{{$}}
//      CHECK:{{^}}int ten = 0; // NO{{LINT}}(coro-blocking-call): one NO{{LINT}}(cert-err58-cpp): two{{$}}
int nine = 0; /* NOLINT(coro-blocking-call): unneeded,
                 in two lines */
int ten = 0; // NOLINT(coro-blocking-call): one NOLINT(cert-err58-cpp): two
