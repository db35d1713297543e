// graceful_shutdown.cpp - finishes accepted work before SIGTERM ends it
//
//     graceful_shutdown                serves until SIGINT or SIGTERM
//     graceful_shutdown --check        sends itself SIGTERM; exit status 0 if all is well

#include <aio/aio.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <string_view>

namespace {

using namespace std::chrono_literals;

/// A service: jobs come in at one end, and workers do them.
struct Service {
    aio::Seconds job_time = 2ms;
    aio::Queue<int> jobs{8};
    aio::Event stopping;
    int accepted = 0;
    int done = 0;
    int aborted = 0;
};

/// Takes jobs from outside until the service stops.
aio::Coro<> accept_jobs(Service& service) {
    while (!service.stopping.is_set()) {
        co_await service.jobs.put(service.accepted + 1);
        ++service.accepted;
        co_await aio::sleep(1ms);
    }
}

/// Does one job after the other until it is cancelled.
aio::Coro<> work(Service& service) {
    while (true) {
        co_await service.jobs.get();
        try {
            co_await aio::sleep(service.job_time);
            ++service.done;
        } catch (const aio::CancelledError&) {
            ++service.aborted;
            throw;
        }
        service.jobs.task_done();
    }
}

/// Waits until nothing more is accepted and everything accepted is done.
aio::Coro<> drain(Service& service, aio::Task<> listener) {
    // It ends by itself: the workers make room in a queue that is full.
    co_await listener;
    co_await service.jobs.join();
}

/// Serves until a signal comes; false when the jobs took longer than \p limit
/// after that, and were cancelled.
aio::Coro<bool> serve(Service& service, aio::Seconds limit) {
    aio::Loop& loop = aio::get_running_loop();
    for (const int sig : {SIGINT, SIGTERM}) loop.add_signal_handler(sig, [&service] { service.stopping.set(); });
    const auto body = [&](aio::TaskGroup& group) -> aio::Coro<bool> {
        for (int i = 0; i < 3; ++i) group.create_task(work(service));
        const aio::Task<> listener = group.create_task(accept_jobs(service));
        co_await service.stopping.wait();
        std::puts("stopping: no further jobs are accepted");
        bool drained = true;
        try {
            co_await aio::wait_for(drain(service, listener), limit);
        } catch (const aio::TimeoutError&) {
            drained = false;
        }
        group.cancel();
        co_return drained;
    };
    co_return co_await aio::with_task_group(body);
}

/// What an operator does: lets the service run for a while, then stops it.
aio::Coro<> stop_later(const Service& service, int jobs) {
    while (service.accepted < jobs) co_await aio::sleep(1ms);
    std::raise(SIGTERM);
}

/// Runs \p service until it has accepted \p jobs jobs.
aio::Coro<bool> serve_some(Service& service, int jobs, aio::Seconds limit) {
    const aio::Task<> stopping = aio::create_task(stop_later(service, jobs));
    const bool drained = co_await serve(service, limit);
    co_await stopping;
    co_return drained;
}

/// True when a service loses no job if it has the time, and ends if it has not.
bool check() {
    Service quick;
    const bool drained = aio::run(serve_some(quick, 20, 60s));
    std::printf("quick: accepted %d, done %d, aborted %d\n", quick.accepted, quick.done, quick.aborted);
    Service slow;
    slow.job_time = 1h;
    const bool slow_drained = aio::run(serve_some(slow, 5, 20ms));
    std::printf("slow: accepted %d, done %d, aborted %d\n", slow.accepted, slow.done, slow.aborted);
    return drained && quick.done == quick.accepted && quick.aborted == 0 &&  //
           !slow_drained && slow.done == 0 && slow.aborted == 3;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "--check") return check() ? 0 : 1;
    Service service;
    const bool drained = aio::run(serve(service, 5s));
    std::printf("accepted %d, done %d, aborted %d\n", service.accepted, service.done, service.aborted);
    return drained ? 0 : 1;
}
