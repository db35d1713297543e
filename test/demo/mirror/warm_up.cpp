// warm_up.cpp - looks like misuse in many places, is none
#include "warm_up.h"

#include "digester.h"
#include "download.h"
#include "upstream.h"

#include <thread>

using namespace std::chrono_literals;

namespace mirror {
namespace {

// Not a coroutine: hands the task of another one on.
aio::Coro<File> download_first(const std::vector<std::string>& urls) { return download(urls.front()); }

// A thread may sleep as long as it likes.
void settle() { std::this_thread::sleep_for(1ms); }

// Takes the result only when it is there.
aio::Coro<std::string> digest_when_ready(std::string content) {
    std::future<std::string> digest = submit_digest(content);
    while (digest.wait_for(0s) != std::future_status::ready) co_await aio::sleep(1ms);
    co_return digest.get();
}

}  // namespace

aio::Coro<std::vector<File>> warm_up(Statistics& statistics, std::vector<std::string> urls) {
    std::vector<File> files;
    if (urls.empty()) co_return files;

    // The blocking call runs on a thread, whichever way it gets there.
    co_await aio::to_thread([] { std::this_thread::sleep_for(1ms); });
    co_await aio::get_running_loop().run_in_executor(nullptr, settle);
    std::thread([] { settle(); }).detach();

    // Tasks with a name that go somewhere.
    aio::Coro<File> first = download_first(urls);
    files.push_back(co_await std::move(first));

    std::vector<aio::Coro<File>> rest;
    for (std::size_t i = 1; i < urls.size(); ++i) rest.push_back(download(urls[i]));
    std::vector<File> others = co_await aio::gather(std::move(rest));
    for (File& file : others) files.push_back(std::move(file));

    aio::Task<std::string> digest = aio::create_task(digest_when_ready(files.front().content));
    aio::Coro<> greeting = announce("warm");
    co_await aio::gather(std::move(digest), std::move(greeting));

    // The lock is gone before the coroutine is suspended.
    std::unique_lock guard(statistics.mutex);
    statistics.files += files.size();
    guard.unlock();
    co_await announce("ready");
    co_return files;
}

}  // namespace mirror
