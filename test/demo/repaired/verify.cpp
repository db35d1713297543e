// verify.cpp - awaits the checksum, and lets go of the lock
#include "verify.h"

#include "digester.h"
#include "upstream.h"

namespace mirror {

aio::Coro<bool> verify(File file) {
    std::string digest = co_await aio::to_thread(digest_of, file.content);
    co_return !digest.empty();
}

aio::Coro<> count(Statistics& statistics, File file) {
    {
        std::lock_guard guard(statistics.mutex);
        statistics.files += 1;
        statistics.bytes += file.content.size();
    }
    co_await announce("counted " + file.name);
}

}  // namespace mirror
