// disk_file.h - a file that is only appended to
#pragma once

#include <string>

namespace mirror {

/// Owns a descriptor.
class DiskFile {
public:
    explicit DiskFile(int descriptor) : descriptor_(descriptor) {}
    DiskFile(const DiskFile&) = delete;
    DiskFile& operator=(const DiskFile&) = delete;

    /// Adds text to what commit() will write.
    void append(const std::string& text) { pending_ += text; }

    /// Writes what was appended and waits until the disk has it.
    void commit();

private:
    int descriptor_;
    std::string pending_;
};

}  // namespace mirror
