// main.cpp - runs the scenario whose number is the argument
#include "scenario_table.h"

#include <aio/frame_allocator.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    if (argc == 2) {
        const int wanted = std::atoi(argv[1]);
        for (const auto& scenario : conformance::scenarios) {
            if (scenario.number != wanted) continue;
            scenario.run();
            if (aio::live_frames() == 0) return 0;
            std::fprintf(stderr, "%zu coroutine frames are left\n", aio::live_frames());
            return 1;
        }
    }
    std::fprintf(stderr, "usage: aio-conformance NUMBER\n");
    return 2;
}
