// 018_seed_s6_iteration_runs_all_ready_handles.cpp - an iteration runs what was ready at its start
#include "python_text.h"

void scenario_018() {
    aio::Loop loop;
    loop.call_soon([&] {
        std::printf("a\n");
        loop.call_soon([&] {
            std::printf("a-child\n");
            loop.call_soon([] { std::printf("a-grandchild\n"); });
        });
    });
    loop.call_soon([&] {
        std::printf("b\n");
        loop.call_soon([] { std::printf("b-child\n"); });
    });
    loop.call_soon([] { std::printf("c\n"); });
    for (int i = 0; i < 3; ++i) {
        std::printf("iteration %d\n", i);
        loop.stop();
        loop.run_forever();
    }
    loop.close();
}
