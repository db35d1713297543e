// server.cpp - forgets two of its coroutines
#include "server.h"

#include "connection.h"
#include "download.h"
#include "publish.h"
#include "refresh.h"
#include "upstream.h"
#include "verify.h"
#include "warm_up.h"

namespace mirror {

aio::Coro<> serve(Catalog& catalog, Storage& storage, int log_descriptor) {
    Statistics statistics;
    schedule_cleanup(aio::get_running_loop(), "incoming");
    announce("started");                         // misuse: coro-discarded-task (discarded coroutine)
    aio::Coro<bool> alive = probe("192.0.2.1");  // misuse: coro-unawaited-task (never awaited)

    std::vector<std::string> urls = co_await refresh("mirror.conf");
    std::vector<File> files = co_await warm_up(statistics, urls);
    for (const File& file : files) {
        if (!co_await verify(file)) continue;
        co_await count(statistics, file);
        co_await publish(catalog, storage, file);
    }
    co_await serve_connection(log_descriptor, urls);
}

}  // namespace mirror
