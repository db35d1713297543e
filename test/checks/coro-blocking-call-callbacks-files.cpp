// coro-blocking-call-callbacks-files.cpp - another file runs the callable
//
// RUN: %findings %S/Inputs/callable-two/main.cpp %S/Inputs/callable-two/runner.cpp %flags | %expect %S/Inputs/callable-two/main.cpp
