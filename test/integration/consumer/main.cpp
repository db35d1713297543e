// main.cpp - a user's program, built against an installed aio
#include "every_noun.h"

#include <aio/aio.h>

#include <cstdio>

int main() {
    const int sum = aio::run(consumer::every_noun());
    std::printf("sum %d, %zu live frames\n", sum, aio::live_frames());
    return sum == consumer::expected_sum && aio::live_frames() == 0 ? 0 : 1;
}
