// time_limit.h - a time limit that a child outlives
#pragma once

#include "virtual_run.h"

#include <gtest/gtest.h>

#include <csignal>
#include <optional>
#include <utility>

namespace aio_test {

/// Lets \p wait, which waits for \p child, meet a time limit, and kills the child
/// after that.
template <class T>
aio::Coro<> expect_outlived(aio::Process child, aio::Coro<T> wait) {
    bool timed_out = false;
    try {
        co_await aio::wait_for(std::move(wait), 1ms);
    } catch (const aio::TimeoutError&) {
        timed_out = true;
    }
    EXPECT_TRUE(timed_out);
    EXPECT_EQ(child.returncode(), std::nullopt);
    child.kill();
    EXPECT_EQ(co_await child.wait(), -SIGKILL);
}

}  // namespace aio_test
