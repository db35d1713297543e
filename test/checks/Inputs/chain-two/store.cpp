// store.cpp - the half of the chain that blocks
#include "store.h"

#include <chrono>
#include <thread>

void Store::flush() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

int Store::size() const { return 0; }
