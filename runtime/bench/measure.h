// measure.h - what every benchmark program counts and prints
#pragma once

#include <dlfcn.h>
#include <sys/resource.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace bench {

inline double seconds_of(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Peak memory of the process in bytes.
inline long peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024;
}

/// Calls of malloc so far, or -1 unless count_malloc.so is preloaded.
inline long allocations() {
    using Counter = long (*)();
    static const auto counter = reinterpret_cast<Counter>(dlsym(RTLD_DEFAULT, "bench_allocations"));
    return counter ? counter() : -1;
}

/// Tells run.py where a server listens.
inline void announce(int port) {
    std::printf("{\"port\": %d}\n", port);
    std::fflush(stdout);
}

/// Measures one piece of work from its construction to report().
class Measurement {
public:
    Measurement()
        : allocations_(allocations()),
          memory_(peak_memory()),
          cpu_(seconds_of(CLOCK_PROCESS_CPUTIME_ID)),
          wall_(seconds_of(CLOCK_MONOTONIC)) {}

    /// Prints one line for run.py. Equal work gives an equal \p checksum.
    void report(const char* work, long operations, std::uint64_t checksum) const {
        const double cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu_;
        const double wall = seconds_of(CLOCK_MONOTONIC) - wall_;
        const long calls = allocations_ < 0 ? -1 : allocations() - allocations_;
        std::printf(
            "{\"work\": \"%s\", \"operations\": %ld, \"cpu\": %.9f, \"wall\": %.9f, \"checksum\": %llu, "
            "\"allocations\": %ld, \"memory\": %ld}\n",
            work, operations, cpu, wall, static_cast<unsigned long long>(checksum), calls, peak_memory() - memory_);
        std::fflush(stdout);
    }

private:
    long allocations_;
    long memory_;
    double cpu_;
    double wall_;
};

/// The same numbers for every peer and every run.
class Random {
public:
    std::uint64_t next() noexcept {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return state_ >> 33;
    }
    /// A delay of 0 to 1 second in whole microseconds.
    long microseconds() noexcept { return static_cast<long>(next() % 1'000'000); }

private:
    std::uint64_t state_ = 42;
};

}  // namespace bench
