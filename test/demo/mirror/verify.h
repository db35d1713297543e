// verify.h - checks what was downloaded, and counts it
#pragma once

#include "file.h"
#include "statistics.h"

#include "aio/aio.h"

namespace mirror {

/// True when the content has the checksum that upstream names.
aio::Coro<bool> verify(File file);

/// Adds the file to the statistics and announces it.
aio::Coro<> count(Statistics& statistics, File file);

}  // namespace mirror
