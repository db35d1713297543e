// 042_call_at_ties.cpp - equal deadlines run in the order of the calls
#include "python_text.h"

using conformance::text;

void scenario_042() {
    aio::Loop loop;
    double when = loop.time() + 0.05;
    std::vector<int> out;
    for (int i = 0; i < 8; ++i) loop.call_at(when, [&out, i] { out.push_back(i); });
    const auto last = loop.call_at(when + 0.05, [&loop] { loop.stop(); });
    std::printf("when exact: %s\n", text(last.when() == when + 0.05));
    loop.run_forever();
    // Not sorted: ties are stable.
    std::printf("all ran: %s\n", text(out).c_str());
    std::vector<std::string> two;
    when = loop.time() + 0.03;
    loop.call_at(when, [&two] { two.emplace_back("first"); });
    loop.call_at(when, [&two] { two.emplace_back("second"); });
    loop.call_at(when + 0.03, [&loop] { loop.stop(); });
    loop.run_forever();
    std::printf("pair tie: %s\n", text(two).c_str());
    loop.close();
}
