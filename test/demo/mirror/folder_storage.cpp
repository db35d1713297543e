// folder_storage.cpp - stores under a lock that programs share
#include "storage.h"

#include <cstdio>

#include <sys/file.h>

namespace mirror {

void FolderStorage::store(const File& file) {
    ::flock(lock_descriptor_, LOCK_EX);
    std::printf("stored %s\n", file.name.c_str());
    ::flock(lock_descriptor_, LOCK_UN);
}

}  // namespace mirror
