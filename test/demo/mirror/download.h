// download.h - fetches files from upstream
#pragma once

#include "file.h"

#include "aio/aio.h"

namespace mirror {

/// Fetches one file; tries again a few times.
aio::Coro<File> download(std::string url);

}  // namespace mirror
