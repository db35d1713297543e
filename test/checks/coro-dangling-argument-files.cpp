// coro-dangling-argument-files.cpp - the coroutine's body is in another file
//
// RUN: %findings %S/Inputs/dangling-two/client.cpp %S/Inputs/dangling-two/store.cpp %S/Inputs/dangling-two/forward.cpp %flags | %expect %S/Inputs/dangling-two/client.cpp
