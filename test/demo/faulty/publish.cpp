// publish.cpp - stores and lists on the loop's own thread
#include "publish.h"

#include "upstream.h"

namespace mirror {

aio::Coro<> publish(Catalog& catalog, Storage& storage, File file) {
    co_await announce("publish " + file.name);
    storage.store(file);     // misuse: coro-blocking-call (virtual call)
    catalog.add(file.name);  // misuse: coro-blocking-call (five-file chain)
}

}  // namespace mirror
