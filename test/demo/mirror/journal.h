// journal.h - what was done, one entry a line
#pragma once

#include "disk_file.h"

namespace mirror {

/// An entry is either on disk as a whole or not at all.
class Journal {
public:
    explicit Journal(int descriptor) : file_(descriptor) {}

    /// Returns when the entry is on disk.
    void record(const std::string& entry);

private:
    DiskFile file_;
};

}  // namespace mirror
