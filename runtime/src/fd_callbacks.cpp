// fd_callbacks.cpp - what add_reader() and add_writer() registered
#include "aio/detail/fd_callbacks.h"

#include "aio/context.h"
#include "aio/detail/loop_core.h"

#include <array>
#include <string>
#include <utility>

namespace aio::detail {

namespace {

/// One callback, in its watch and, when its descriptor is ready, in the ready
/// queue.
class FdCallback final : public Runnable {
public:
    explicit FdCallback(Callback callback) noexcept : callback_(std::move(callback)) {}

    void retain() noexcept { ++refs_; }
    void release() noexcept {
        if (--refs_ == 0) delete this;
    }

    void schedule(LoopCore& loop) noexcept {
        // Still there from an iteration that an exit request cut short.
        if (queued_) return;
        queued_ = true;
        retain();
        loop.schedule(*this);
    }

    void cancel() noexcept {
        cancelled_ = true;
        // One that removes itself goes on using its captures.
        if (!running_) Callback dropped = std::move(callback_);
    }

    void run(LoopCore& loop) override {
        const auto keep = Ref<FdCallback>::adopt(this);
        queued_ = false;
        if (cancelled_) return;
        const Running scope(*this);
        loop.guard(
            [this] {
                const ContextScope context(context_);
                if (!context.entered()) throw_already_entered();
                callback_();
            },
            [this]() -> const std::type_info& { return callback_.target_type(); }, nullptr, nullptr);
    }

    void discard() noexcept override {
        queued_ = false;
        release();
    }

private:
    struct Running {
        explicit Running(FdCallback& of) noexcept : callback(of) { callback.running_ = true; }
        ~Running() {
            callback.running_ = false;
            if (callback.cancelled_) Callback dropped = std::move(callback.callback_);
        }
        FdCallback& callback;
    };

    ~FdCallback() = default;

    unsigned refs_ = 0;
    bool queued_ = false;
    bool cancelled_ = false;
    bool running_ = false;
    ContextSlot context_ = inherit_context();
    Callback callback_;
};

constexpr std::array<std::uint32_t, 2> interest{FdEvents::readable, FdEvents::writable};

/// As asyncio: a hang-up or an error wakes both directions.
constexpr std::array<std::uint32_t, 2> wakes{~FdEvents::writable, ~FdEvents::readable};

constexpr std::size_t index(Direction direction) noexcept { return static_cast<std::size_t>(direction); }

}  // namespace

class FdCallbackWatch final : public FdWatch {
public:
    explicit FdCallbackWatch(LoopCore& loop) noexcept : loop_(loop) {}
    ~FdCallbackWatch() {
        for (auto& callback : callbacks_) drop(callback);
        if (watching()) loop_.poller()->remove(*this);
    }

    [[nodiscard]] bool has(Direction direction) const noexcept {
        return static_cast<bool>(callbacks_[index(direction)]);
    }
    [[nodiscard]] bool empty() const noexcept { return !callbacks_[0] && !callbacks_[1]; }

    void set(int fd, Direction direction, Callback callback) {
        auto& mine = callbacks_[index(direction)];
        auto& other = callbacks_[1 - index(direction)];
        Ref<FdCallback> added(new FdCallback(std::move(callback)));
        const std::uint32_t events = interest[index(direction)] | (other ? interest[1 - index(direction)] : 0);
        // The other callback is for a descriptor that was closed: it goes too.
        if (watching() && !loop_.poller()->modify(*this, events)) drop(other);
        if (!watching()) loop_.poller()->add(*this, fd, interest[index(direction)]);
        drop(mine);
        mine = std::move(added);
    }

    void remove(Direction direction) {
        drop(callbacks_[index(direction)]);
        auto& other = callbacks_[1 - index(direction)];
        if (other && !loop_.poller()->modify(*this, interest[1 - index(direction)])) drop(other);
    }

    void on_ready(std::uint32_t events) noexcept override {
        for (std::size_t i = 0; i < callbacks_.size(); ++i) {
            if (callbacks_[i] && (events & wakes[i])) callbacks_[i]->schedule(loop_);
        }
    }

private:
    static void drop(Ref<FdCallback>& callback) noexcept {
        if (const auto old = std::exchange(callback, nullptr)) old->cancel();
    }

    LoopCore& loop_;
    std::array<Ref<FdCallback>, 2> callbacks_;
};

FdCallbacks::FdCallbacks() = default;
FdCallbacks::~FdCallbacks() = default;

void FdCallbacks::set(LoopCore& loop, int fd, Direction direction, Callback callback) {
    auto& watch = watches_[fd];
    if (!watch) {
        if (loop.poller()->find(fd)) {
            watches_.erase(fd);
            throw RuntimeError("File descriptor " + std::to_string(fd) + " is used by a transport");
        }
        watch = std::make_unique<FdCallbackWatch>(loop);
    }
    try {
        watch->set(fd, direction, std::move(callback));
    } catch (...) {
        // Whatever was registered before was for another, closed descriptor.
        if (!watch->watching()) watches_.erase(fd);
        throw;
    }
}

bool FdCallbacks::remove(int fd, Direction direction) {
    const auto found = watches_.find(fd);
    if (found == watches_.end() || !found->second->has(direction)) return false;
    found->second->remove(direction);
    if (found->second->empty()) watches_.erase(found);
    return true;
}

void FdCallbacks::clear() noexcept { watches_.clear(); }

}  // namespace aio::detail
