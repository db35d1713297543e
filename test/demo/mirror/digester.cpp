// digester.cpp - one thread for each checksum
#include "digester.h"

#include <thread>

namespace mirror {

std::string digest_of(const std::string& content) { return std::to_string(std::hash<std::string>()(content)); }

std::future<std::string> submit_digest(std::string content) {
    std::packaged_task<std::string()> job([content = std::move(content)] { return digest_of(content); });
    std::future<std::string> result = job.get_future();
    std::thread(std::move(job)).detach();
    return result;
}

}  // namespace mirror
