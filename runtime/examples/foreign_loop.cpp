// foreign_loop.cpp - aio inside the event loop of another library
//
// GUI toolkits and game engines own the thread and its loop. aio runs in it as a
// guest: the host gives it a turn before each wait, and then waits for one more
// descriptor, no longer than aio allows.

#include <aio/aio.h>

#include <poll.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;

/// Stands for the toolkit: callbacks for descriptors, and a hook before it waits
/// that returns the milliseconds it may wait, negative for ever.
class Toolkit {
public:
    void watch(int fd, std::function<void()> callback) { sources_.push_back({fd, std::move(callback)}); }
    void before_wait(std::function<int()> hook) { hook_ = std::move(hook); }
    void quit() { running_ = false; }

    void run() {
        while (running_) {
            std::vector<pollfd> polled;
            for (const auto& source : sources_) polled.push_back({.fd = source.fd, .events = POLLIN, .revents = 0});
            const int longest = hook_();
            if (!running_) return;
            if (::poll(polled.data(), polled.size(), longest) < 0 && errno != EINTR) return;
            for (std::size_t i = 0; i < polled.size(); ++i)
                if (polled[i].revents != 0) sources_[i].callback();
        }
    }

private:
    struct Source {
        int fd;
        std::function<void()> callback;
    };
    std::vector<Source> sources_;
    std::function<int()> hook_;
    bool running_ = true;
};

/// Everything that aio needs from a host: a turn before each wait, and a wait that
/// ends when there is something to do.
void embed(aio::Loop& loop, Toolkit& host) {
    host.watch(loop.fileno(), [] {});
    host.before_wait([&loop]() -> int {
        loop.run_once();
        const std::optional<aio::Seconds> hint = loop.wait_hint();
        if (!hint) return -1;
        constexpr double longest = 3600;
        return static_cast<int>(std::ceil(std::min(hint->count(), longest) * 1000));
    });
}

/// What the program does with aio: timers, threads, and events of the host.
aio::Coro<> amain(aio::Queue<char>& clicks, std::vector<std::string>& log) {
    co_await aio::sleep(2ms);
    log.push_back("slept");
    log.push_back(co_await aio::to_thread([] { return std::string("a thread answered"); }));
    while (true) {
        const char click = co_await clicks.get();
        if (click == 'q') break;
        log.push_back(std::string("clicked ") + click);
    }
}

}  // namespace

int main() {
    // The user's input; any file descriptor, or a callback of the toolkit.
    int input[2];
    if (::pipe(input) != 0 || ::write(input[1], "abq", 3) != 3) return 1;

    Toolkit host;
    aio::Loop loop;
    aio::Queue<char> clicks;
    std::vector<std::string> log;
    embed(loop, host);
    host.watch(input[0], [&] {
        char click = 0;
        if (::read(input[0], &click, 1) == 1) clicks.put_nowait(click);
    });
    const auto main_task = loop.create_task(amain(clicks, log));
    main_task.add_done_callback([&host] { host.quit(); });
    host.run();

    // Ends the threads of to_thread(); no host is needed any more.
    loop.run_until_complete(loop.shutdown_default_executor());
    for (const auto& line : log) std::puts(line.c_str());
    ::close(input[0]);
    ::close(input[1]);
    const std::vector<std::string> expected{"slept", "a thread answered", "clicked a", "clicked b"};
    return log == expected ? 0 : 1;
}
