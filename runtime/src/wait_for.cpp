// wait_for.cpp - waits for one thing, but not for ever
#include "aio/wait_for.h"

#include "aio/wait.h"

#include <utility>
#include <vector>

namespace aio::detail {

Coro<void> wait_until_done(FutureBase future) {
    std::vector<FutureBase> futures;
    futures.push_back(std::move(future));
    co_await wait_until(std::move(futures), WaitOpts());
}

}  // namespace aio::detail
