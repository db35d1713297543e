// include.cpp - reads what a manifest includes
#include "manifest.h"

#include <unistd.h>

namespace mirror {
namespace {

// Somebody may be writing the file: wait until its lock is gone.
void wait_for_writer(const std::string& path) {
    std::string lock = path + ".lock";
    while (::access(lock.c_str(), F_OK) == 0) ::usleep(1000);
}

}  // namespace

void append_included(const std::string& line, std::vector<std::string>& lines) {
    std::string path = line.substr(line.find(' ') + 1);
    wait_for_writer(path);
    for (std::string& included : read_manifest(path)) lines.push_back(std::move(included));
}

}  // namespace mirror
