// news.h - the news page, for code that is not asynchronous
#pragma once

#include <string>

namespace mirror {

/// Fetches the page and waits for it: runs a loop of its own.
std::string fetch_news(const std::string& url);

}  // namespace mirror
