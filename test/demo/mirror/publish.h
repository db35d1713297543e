// publish.h - makes a downloaded file visible
#pragma once

#include "catalog.h"
#include "storage.h"

#include "aio/aio.h"

namespace mirror {

/// Stores the file, then lists it. The catalog and the storage must outlive it.
aio::Coro<> publish(Catalog& catalog, Storage& storage, File file);

}  // namespace mirror
