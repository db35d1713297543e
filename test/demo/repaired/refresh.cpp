// refresh.cpp - reads the manifest on a thread, awaits the news
#include "refresh.h"

#include "download.h"
#include "manifest.h"
#include "upstream.h"

namespace mirror {

aio::Coro<std::vector<std::string>> refresh(std::string manifest) {
    co_await announce("refresh");
    File news = co_await download("https://localhost/news");
    std::vector<std::string> urls = co_await aio::to_thread(read_manifest, manifest);
    if (!news.content.empty()) urls.push_back("https://localhost/" + news.content);
    co_return urls;
}

}  // namespace mirror
