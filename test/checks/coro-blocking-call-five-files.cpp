// coro-blocking-call-five-files.cpp - a chain through five files
//
// RUN: %findings %S/Inputs/chain-five/start.cpp %S/Inputs/chain-five/level1.cpp %S/Inputs/chain-five/level2.cpp %S/Inputs/chain-five/level3.cpp %S/Inputs/chain-five/level4.cpp %S/Inputs/chain-five/level5.cpp %flags | %expect %S/Inputs/chain-five/start.cpp
//
// The order in which files are named does not matter.
// RUN: %findings %S/Inputs/chain-five/level5.cpp %S/Inputs/chain-five/level3.cpp %S/Inputs/chain-five/start.cpp %S/Inputs/chain-five/level1.cpp %S/Inputs/chain-five/level4.cpp %S/Inputs/chain-five/level2.cpp %flags | %expect %S/Inputs/chain-five/start.cpp
