// verify.cpp - waits for a thread, and keeps a lock too long
#include "verify.h"

#include "digester.h"
#include "upstream.h"

namespace mirror {

aio::Coro<bool> verify(File file) {
    std::future<std::string> digest = submit_digest(file.content);
    co_await announce("verify " + file.name);
    co_return !digest.get().empty();  // misuse: coro-sync-wait (future)
}

aio::Coro<> count(Statistics& statistics, File file) {
    std::lock_guard guard(statistics.mutex);  // misuse: coro-lock-across-suspend (lock)
    statistics.files += 1;
    statistics.bytes += file.content.size();
    co_await announce("counted " + file.name);
}

}  // namespace mirror
