// refresh.cpp - reads the manifest and the news on the loop
#include "refresh.h"

#include "manifest.h"
#include "news.h"
#include "upstream.h"

namespace mirror {

aio::Coro<std::vector<std::string>> refresh(std::string manifest) {
    co_await announce("refresh");
    std::string news = fetch_news("https://localhost/news");  // misuse: coro-nested-run (nested run)
    std::vector<std::string> urls = read_manifest(manifest);  // misuse: coro-blocking-call (cycle)
    if (!news.empty()) urls.push_back("https://localhost/" + news);
    co_return urls;
}

}  // namespace mirror
