// coro-blocking-call-cycle.cpp - recursion over two files
//
// RUN: %findings %S/Inputs/cycle-two/even.cpp %S/Inputs/cycle-two/odd.cpp %flags | %expect %S/Inputs/cycle-two/even.cpp
