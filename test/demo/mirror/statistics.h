// statistics.h - counters that a monitoring thread reads
#pragma once

#include <cstddef>
#include <mutex>

namespace mirror {

struct Statistics {
    std::mutex mutex;
    std::size_t files = 0;
    std::size_t bytes = 0;
};

}  // namespace mirror
