// connection.cpp - serves a client; its clean-up blocks
#include "connection.h"

#include "access_log.h"
#include "upstream.h"

#include <cstdlib>

using namespace std::chrono_literals;

namespace mirror {

aio::Coro<> serve_connection(int log_descriptor, std::vector<std::string> requests) {
    AccessLog log(log_descriptor);  // misuse: coro-blocking-call (blocking destructor)
    for (const std::string& name : requests) {
        log.note(name);
        co_await announce("serve " + name);
    }
}

void schedule_cleanup(aio::Loop& loop, std::string folder) {
    loop.call_later(5ms, [command = "find " + folder + " -name '*.part' -delete"] {
        [[maybe_unused]] int status = std::system(command.c_str());  // misuse: coro-blocking-call (callback)
    });
}

}  // namespace mirror
