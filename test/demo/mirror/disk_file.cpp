// disk_file.cpp - writes and commits
#include "disk_file.h"

#include "durable.h"

#include <unistd.h>

namespace mirror {

void DiskFile::commit() {
    [[maybe_unused]] auto written = ::write(descriptor_, pending_.data(), pending_.size());
    pending_.clear();
    make_durable(descriptor_);
}

}  // namespace mirror
