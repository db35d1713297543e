// digester.h - checksums, computed on a thread
#pragma once

#include <future>
#include <string>

namespace mirror {

/// The checksum of a text. Takes a while.
std::string digest_of(const std::string& content);

/// Computes the checksum on a thread of its own.
std::future<std::string> submit_digest(std::string content);

}  // namespace mirror
