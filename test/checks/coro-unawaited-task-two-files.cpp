// coro-unawaited-task-two-files.cpp - tasks that another file only looks at
//
// RUN: %findings %S/Inputs/unawaited-two/main.cpp %S/Inputs/unawaited-two/watch.cpp %flags | %expect %S/Inputs/unawaited-two/main.cpp
