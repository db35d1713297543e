// publish.cpp - lets a thread store and list
#include "publish.h"

#include "upstream.h"

namespace mirror {

aio::Coro<> publish(Catalog& catalog, Storage& storage, File file) {
    co_await announce("publish " + file.name);
    co_await aio::to_thread([&] {
        storage.store(file);
        catalog.add(file.name);
    });
}

}  // namespace mirror
