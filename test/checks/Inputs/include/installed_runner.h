// installed_runner.h - a function of a library that no model knows
#pragma once
#pragma GCC system_header

#include <aio/coro.h>

void run_to_its_end(aio::Coro<> task);
