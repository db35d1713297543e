// process_lookup_error.h - a process that is not there any more
#pragma once

#include <cerrno>
#include <string>
#include <system_error>

namespace aio {

/// A signal was to be sent to a process that has ended (ESRCH).
class ProcessLookupError : public std::system_error {
public:
    /// ESRCH; \p process is whom nobody found.
    explicit ProcessLookupError(const std::string& process)
        : std::system_error(ESRCH, std::generic_category(), process) {}
};

}  // namespace aio
