// refresh.h - finds out what is new upstream
#pragma once

#include "aio/aio.h"

#include <string>
#include <vector>

namespace mirror {

/// The addresses of the files to fetch.
aio::Coro<std::vector<std::string>> refresh(std::string manifest);

}  // namespace mirror
