// connection.cpp - serves a client; a thread does the clean-up
#include "connection.h"

#include "access_log.h"
#include "upstream.h"

#include <cstdlib>

using namespace std::chrono_literals;

namespace mirror {

aio::Coro<> serve_connection(int log_descriptor, std::vector<std::string> requests) {
    for (const std::string& name : requests) co_await announce("serve " + name);
    co_await aio::to_thread([&] {
        AccessLog log(log_descriptor);
        for (const std::string& name : requests) log.note(name);
    });
}

void schedule_cleanup(aio::Loop& loop, std::string folder) {
    loop.call_later(5ms, [&loop, command = "find " + folder + " -name '*.part' -delete"] {
        loop.run_in_executor(nullptr, [command] { return std::system(command.c_str()); });
    });
}

}  // namespace mirror
