// download.cpp - fetches files
#include "download.h"

#include "resolve.h"
#include "upstream.h"

#include <stdexcept>

using namespace std::chrono_literals;

namespace mirror {

aio::Coro<File> download(std::string url) {
    std::string address = co_await aio::to_thread(address_of, host_of(url));
    for (int attempt = 1; attempt <= 3; ++attempt) {
        auto content = co_await request(address, url);
        if (content) co_return File{url, *content};
        co_await aio::sleep(attempt * 10ms);
    }
    throw std::runtime_error("no answer for " + url);
}

}  // namespace mirror
