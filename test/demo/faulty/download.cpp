// download.cpp - fetches files; blocks while it waits
#include "download.h"

#include "resolve.h"
#include "upstream.h"

#include <stdexcept>
#include <thread>

using namespace std::chrono_literals;

namespace mirror {

aio::Coro<File> download(std::string url) {
    std::string address = address_of(host_of(url));  // misuse: coro-blocking-call (two-file chain)
    for (int attempt = 1; attempt <= 3; ++attempt) {
        auto content = co_await request(address, url);
        if (content) co_return File{url, *content};
        std::this_thread::sleep_for(attempt * 10ms);  // misuse: coro-blocking-call (direct sleep)
    }
    throw std::runtime_error("no answer for " + url);
}

}  // namespace mirror
