// durable.cpp - waits for the disk
#include "durable.h"

#include <system_error>

#include <unistd.h>

namespace mirror {

void make_durable(int descriptor) {
    if (::fsync(descriptor) != 0) throw std::system_error(errno, std::generic_category(), "fsync");
}

}  // namespace mirror
