// runner.h - functions that get callables, and what becomes of those
#pragma once

#include <functional>

#include <aio/aio.h>

void at_once(const std::function<void()> &work);
void later(std::function<void()> work);
void keep(std::function<void()> work);
void on_thread(std::function<void()> work);
void handed_on(const std::function<void()> &work);
