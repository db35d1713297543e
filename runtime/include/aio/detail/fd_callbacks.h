// fd_callbacks.h - what add_reader() and add_writer() registered
#pragma once

#include "aio/detail/unique_function.h"

#include <cstddef>
#include <memory>
#include <unordered_map>

namespace aio::detail {

class LoopCore;
class FdCallbackWatch;

enum class Direction { read, write };

/// The callbacks of a loop for descriptors, level-triggered.
class FdCallbacks {
public:
    FdCallbacks();
    ~FdCallbacks();
    FdCallbacks(const FdCallbacks&) = delete;
    FdCallbacks& operator=(const FdCallbacks&) = delete;

    /// Calls \p callback in every iteration in which \p fd is ready; replaces
    /// the callback of that direction. Throws as Poller::add(), and RuntimeError
    /// for a descriptor of a transport.
    void set(LoopCore& loop, int fd, Direction direction, Callback callback);

    /// Ends it; false when there was none.
    bool remove(int fd, Direction direction);

    /// Ends both callbacks of \p fd, which was closed.
    void forget(int fd) noexcept;

    /// Ends all; the loop closes.
    void clear() noexcept;

private:
    std::unordered_map<int, std::unique_ptr<FdCallbackWatch>> watches_;
};

}  // namespace aio::detail
