// main.cpp - runs the scenario whose number is the argument
#include "scenario_table.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    if (argc == 2) {
        const int wanted = std::atoi(argv[1]);
        for (const auto& scenario : conformance::scenarios) {
            if (scenario.number != wanted) continue;
            scenario.run();
            return 0;
        }
    }
    std::fprintf(stderr, "usage: aio-conformance NUMBER\n");
    return 2;
}
