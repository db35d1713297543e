// 040_call_soon_fifo_and_cancel.cpp - callbacks run in order, unless cancelled
#include "python_text.h"

using conformance::text;

void scenario_040() {
    aio::Loop loop;
    std::vector<aio::Handle> handles;
    for (int i = 0; i < 6; ++i) handles.push_back(loop.call_soon([i] { std::printf("cb %d\n", i); }));
    handles[1].cancel();
    handles[1].cancel();
    std::vector<bool> cancelled;
    for (const auto& handle : handles) cancelled.push_back(handle.cancelled());
    std::printf("cancelled flags %s\n", text(cancelled).c_str());
    auto never = loop.call_soon([] { std::printf("never\n"); });
    aio::Handle late;
    loop.call_soon([&] { late.cancel(); });
    late = loop.call_soon([] { std::printf("never: cancelled by the previous callback\n"); });
    loop.call_soon([&] { loop.stop(); });
    never.cancel();
    loop.run_forever();
    loop.close();
}
