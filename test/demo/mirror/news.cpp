// news.cpp - a bridge from ordinary code to a coroutine
#include "news.h"

#include "download.h"

namespace mirror {

std::string fetch_news(const std::string& url) { return aio::run(download(url)).content; }

}  // namespace mirror
