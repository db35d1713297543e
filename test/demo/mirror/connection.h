// connection.h - serves one client
#pragma once

#include "aio/aio.h"

#include <string>
#include <vector>

namespace mirror {

/// Answers the requests and logs them to the descriptor.
aio::Coro<> serve_connection(int log_descriptor, std::vector<std::string> requests);

/// Removes unfinished downloads, a little later.
void schedule_cleanup(aio::Loop& loop, std::string folder);

}  // namespace mirror
