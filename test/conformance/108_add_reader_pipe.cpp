// 108_add_reader_pipe.cpp - a reader callback is level-triggered
#include "python_text.h"

#include <unistd.h>
#include <cstdio>

namespace {

using conformance::text;

aio::Coro<> amain() {
    aio::Loop& loop = aio::get_running_loop();
    int ends[2];
    if (::pipe(ends) != 0) throw aio::RuntimeError("no pipe");
    auto future = loop.create_future();
    int got = 0;
    auto on = [&, r = ends[0]] {
        char bytes[3] = {};
        if (::read(r, bytes, 2) != 2) throw aio::RuntimeError("short read");
        std::printf("readable b'%s'\n", bytes);
        if (++got != 3) return;
        const bool removed = loop.remove_reader(r);
        std::printf("removed %s %s\n", text(removed), text(loop.remove_reader(r)));
        future.set_result();
    };
    loop.add_reader(ends[0], on);
    if (::write(ends[1], "aabbcc", 6) != 6) throw aio::RuntimeError("short write");
    co_await future;
    if (::write(ends[1], "zz", 2) != 2) throw aio::RuntimeError("short write");
    co_await aio::sleep(aio::Seconds(0.02));
    std::printf("%d\n", got);
    ::close(ends[0]);
    ::close(ends[1]);
}

}  // namespace

void scenario_108() { aio::run(amain()); }
