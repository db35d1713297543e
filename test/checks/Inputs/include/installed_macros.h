// installed_macros.h - macros of a library that is installed
#ifndef COROLINT_TEST_INSTALLED_MACROS_H
#define COROLINT_TEST_INSTALLED_MACROS_H
#pragma GCC system_header

#include <chrono>
#include <thread>

#define LIBRARY_PAUSE() std::this_thread::sleep_for(std::chrono::milliseconds(1))
#define LIBRARY_RUN(statement)                                                       \
  do {                                                                               \
    statement;                                                                       \
  } while (false)
#define LIBRARY_AWAIT(task) co_await (task)

#endif // COROLINT_TEST_INSTALLED_MACROS_H
