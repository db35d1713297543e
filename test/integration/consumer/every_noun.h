// every_noun.h - a coroutine that uses all of aio
#pragma once

#include <aio/coro.h>

namespace consumer {

constexpr int expected_sum = 21;

aio::Coro<int> every_noun();

}  // namespace consumer
