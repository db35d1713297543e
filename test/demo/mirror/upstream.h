// upstream.h - the server that is mirrored; no real network
#pragma once

#include "aio/aio.h"

#include <optional>
#include <string>

namespace mirror {

/// The answer to one request; nothing when the server is busy.
aio::Coro<std::optional<std::string>> request(std::string address, std::string url);

/// True when the server answers at all.
aio::Coro<bool> probe(std::string address);

/// Tells the log server what happened.
aio::Coro<> announce(std::string event);

}  // namespace mirror
