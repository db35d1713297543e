// server.h - the mirror as a whole
#pragma once

#include "catalog.h"
#include "storage.h"

#include "aio/aio.h"

namespace mirror {

/// Fetches what is new, publishes it and serves one client.
aio::Coro<> serve(Catalog& catalog, Storage& storage, int log_descriptor);

}  // namespace mirror
