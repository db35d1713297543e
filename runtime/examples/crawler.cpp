// crawler.cpp - visits linked pages with a bounded number of workers
//
//     crawler HOST PORT PATH    crawls a plain HTTP server from PATH on
//     crawler --test            serves itself 40 linked pages and crawls them

#include "port.h"

#include <aio/aio.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;

constexpr int worker_count = 8;

/// Fetches one page with HTTP/1.0: the answer ends with the connection.
aio::Coro<std::string> fetch(std::string host, std::uint16_t port, std::string path) {
    auto [reader, writer] = co_await aio::open_connection(host, port);
    writer.write("GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
    co_await writer.drain();
    const std::string status = co_await reader.readline();
    if (status.find(" 200 ") == std::string::npos) throw aio::ValueError("status " + status);
    while (co_await reader.readline() != "\r\n" && !reader.at_eof()) {
    }
    std::string page = co_await reader.read();
    writer.close();
    co_return page;
}

/// The paths in href="/..." of a page.
std::vector<std::string> links_of(const std::string& page) {
    const std::string mark = "href=\"/";
    std::vector<std::string> links;
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1)) {
        const auto begin = at + mark.size() - 1;
        links.push_back(page.substr(begin, page.find('"', begin) - begin));
    }
    return links;
}

class Crawler {
public:
    Crawler(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

    /// Visits every page that can be reached from \p path.
    aio::Coro<> crawl(std::string path) {
        add(path);
        // The workers use this object: the group ends them however this ends.
        co_await aio::with_task_group([this](aio::TaskGroup& workers) -> aio::Coro<> {
            for (int i = 0; i < worker_count; ++i) workers.create_task(work());
            co_await queue_.join();
            workers.cancel();
        });
    }

    [[nodiscard]] std::size_t found() const { return seen_.size(); }
    [[nodiscard]] std::size_t visited() const { return visited_; }
    [[nodiscard]] std::size_t failed() const { return failed_; }

private:
    void add(const std::string& path) {
        if (seen_.insert(path).second) queue_.put_nowait(path);
    }

    aio::Coro<> work() {
        while (true) {
            const std::string path = co_await queue_.get();
            try {
                auto page = fetch(host_, port_, path);
                for (const std::string& link : links_of(co_await aio::wait_for(std::move(page), 10s))) add(link);
                ++visited_;
            } catch (const std::exception& error) {
                std::fprintf(stderr, "%s: %s\n", path.c_str(), error.what());
                ++failed_;
            }
            queue_.task_done();
        }
    }

    std::string host_;
    std::uint16_t port_;
    aio::Queue<std::string> queue_;
    std::set<std::string> seen_;
    std::size_t visited_ = 0;
    std::size_t failed_ = 0;
};

/// Page N links to 2N+1 and 2N+2, and to a page that does not exist.
aio::Coro<> serve_page(aio::StreamReader reader, aio::StreamWriter writer) {
    constexpr int pages = 40;
    const std::string request = co_await reader.readline();
    while (co_await reader.readline() != "\r\n" && !reader.at_eof()) {
    }
    int number = pages;
    if (request.compare(0, 6, "GET /p") == 0)
        std::from_chars(request.data() + 6, request.data() + request.size(), number);
    if (number < pages) {
        writer.write("HTTP/1.0 200 OK\r\n\r\n<a href=\"/missing\">");
        for (const int next : {2 * number + 1, 2 * number + 2}) {
            if (next < pages) writer.write("<a href=\"/p" + std::to_string(next) + "\">next</a>");
        }
    } else {
        writer.write("HTTP/1.0 404 Not Found\r\n\r\n");
    }
    co_await writer.drain();
    writer.close();
}

aio::Coro<int> crawl(std::string host, std::uint16_t port, std::string path) {
    Crawler crawler(host, port);
    co_await crawler.crawl(path);
    std::printf("%zu pages found, %zu visited, %zu failed\n", crawler.found(), crawler.visited(), crawler.failed());
    co_return crawler.failed() == 0 ? 0 : 1;
}

aio::Coro<int> test() {
    auto server = co_await aio::start_server(serve_page, "127.0.0.1", 0);
    Crawler crawler("127.0.0.1", server.port());
    co_await crawler.crawl("/p0");
    server.close();
    std::printf("%zu pages found, %zu visited, %zu failed\n", crawler.found(), crawler.visited(), crawler.failed());
    co_return crawler.visited() == 40 && crawler.failed() == 1 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string(argv[1]) == "--test") return aio::run(test());
    if (argc == 4) return aio::run(crawl(argv[1], port_of(argv[2]), argv[3]));
    std::fprintf(stderr, "usage: crawler HOST PORT PATH | --test\n");
    return 2;
}
