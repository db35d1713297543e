// watch.cpp - one looks, one takes
#include "watch.h"

#include <utility>

static int waiting = 0;

void watch(const aio::Coro<> &work) { waiting += work.valid() ? 1 : 0; }
void start(aio::Coro<> &work) { aio::create_task(std::move(work)); }
void watch_through(const aio::Coro<> &work) { watch(work); }
