// watch.h - functions that get tasks by reference
#pragma once

#include <aio/aio.h>

void watch(const aio::Coro<> &work);
void start(aio::Coro<> &work);
void watch_through(const aio::Coro<> &work);
void defined_nowhere(const aio::Coro<> &work);
