// runner.cpp - runs callables now, later, elsewhere, or never
#include "runner.h"

#include <thread>
#include <utility>
#include <vector>

static std::vector<std::function<void()>> kept;

void at_once(const std::function<void()> &work) { work(); }
void later(std::function<void()> work) { aio::get_running_loop().call_soon(std::move(work)); }
void keep(std::function<void()> work) { kept.push_back(std::move(work)); }
void on_thread(std::function<void()> work) { std::thread(std::move(work)).detach(); }
void handed_on(const std::function<void()> &work) { at_once(work); }
