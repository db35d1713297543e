// access_log.h - what one connection asked for
#pragma once

#include <string>

namespace mirror {

/// Collects lines and writes them when it goes out of scope.
class AccessLog {
public:
    explicit AccessLog(int descriptor) : descriptor_(descriptor) {}
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    /// Writes the lines and waits until the disk has them.
    ~AccessLog();

    void note(const std::string& line) { lines_ += line + "\n"; }

private:
    int descriptor_;
    std::string lines_;
};

}  // namespace mirror
