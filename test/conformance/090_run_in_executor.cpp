// 090_run_in_executor.cpp - jobs on threads: order, errors, context
#include "python_text.h"

#include <thread>

using namespace std::chrono_literals;
using conformance::text;

namespace {

class OSError : public aio::Error {
public:
    using aio::Error::Error;
};

aio::ContextVar<std::string> v("v", "default");

std::string get_v() { return v.get(); }

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    std::vector<int> order;
    {
        aio::ThreadPoolExecutor pool(1);
        const auto job = [&order](int n) {
            std::this_thread::sleep_for(20ms);
            order.push_back(n);
            return n;
        };
        std::vector<aio::Future<int>> futures;
        for (int i = 0; i < 3; ++i) futures.push_back(loop.run_in_executor(&pool, job, i));
        const std::vector<int> results = co_await aio::gather(futures);
        std::printf("%s %s\n", text(results).c_str(), text(order).c_str());
        try {
            co_await loop.run_in_executor(&pool, [] { throw OSError("disk"); });
        } catch (const OSError& error) {
            std::printf("OSError %s\n", error.what());
        }
    }
    loop.call_later(10ms, [] { std::printf("loop alive while the thread sleeps\n"); });
    co_await loop.run_in_executor(nullptr, [] { std::this_thread::sleep_for(80ms); });
    std::printf("thread done\n");
    v.set("mine");
    const std::string in_thread = co_await aio::to_thread(get_v);
    const std::string in_executor = co_await loop.run_in_executor(nullptr, get_v);
    std::printf("to_thread: %s | run_in_executor: %s\n", in_thread.c_str(), in_executor.c_str());
}

}  // namespace

void scenario_090() { aio::run(main_coro()); }
