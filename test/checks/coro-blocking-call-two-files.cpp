// coro-blocking-call-two-files.cpp - a chain that leaves the file
//
// RUN: %findings %S/Inputs/chain-two/server.cpp %S/Inputs/chain-two/store.cpp %flags | %expect %S/Inputs/chain-two/server.cpp
