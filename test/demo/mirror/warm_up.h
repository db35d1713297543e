// warm_up.h - fetches some files before the first client comes
#pragma once

#include "file.h"
#include "statistics.h"

#include "aio/aio.h"

#include <string>
#include <vector>

namespace mirror {

/// Downloads all at once; files that fail are left out.
aio::Coro<std::vector<File>> warm_up(Statistics& statistics, std::vector<std::string> urls);

}  // namespace mirror
