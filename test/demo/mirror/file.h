// file.h - a file of the mirror
#pragma once

#include <string>

namespace mirror {

/// What was fetched from upstream.
struct File {
    std::string name;
    std::string content;
};

}  // namespace mirror
