// resolve.h - names of hosts
#pragma once

#include <string>

namespace mirror {

/// The host in "https://host/path".
std::string host_of(const std::string& url);

/// The address of a host, "" when it has none. Asks the name server and waits.
std::string address_of(const std::string& host);

}  // namespace mirror
