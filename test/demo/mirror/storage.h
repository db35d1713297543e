// storage.h - where the content of files goes
#pragma once

#include "file.h"

namespace mirror {

/// A place for files.
class Storage {
public:
    virtual ~Storage() = default;

    /// Returns when the file is stored.
    virtual void store(const File& file) = 0;
};

/// A folder of this machine that other programs use as well.
class FolderStorage : public Storage {
public:
    explicit FolderStorage(int lock_descriptor) : lock_descriptor_(lock_descriptor) {}
    void store(const File& file) override;

private:
    int lock_descriptor_;
};

/// A folder of another machine.
class RemoteStorage : public Storage {
public:
    explicit RemoteStorage(std::string target) : target_(std::move(target)) {}
    void store(const File& file) override;

private:
    std::string target_;
};

}  // namespace mirror
