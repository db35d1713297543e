// access_log.cpp - writes at the end
#include "access_log.h"

#include <unistd.h>

namespace mirror {

AccessLog::~AccessLog() {
    [[maybe_unused]] auto written = ::write(descriptor_, lines_.data(), lines_.size());
    ::fsync(descriptor_);
}

}  // namespace mirror
