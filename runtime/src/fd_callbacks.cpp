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

/// Callbacks that are not wanted any more, cancelled when nothing is left to do:
/// what they hold may call add_reader() and its like in its destructor.
class DroppedCallbacks {
public:
    DroppedCallbacks() = default;
    DroppedCallbacks(const DroppedCallbacks&) = delete;
    DroppedCallbacks& operator=(const DroppedCallbacks&) = delete;
    ~DroppedCallbacks() {
        for (const auto& callback : callbacks_) {
            if (callback) callback->cancel();
        }
    }
    void take(Ref<FdCallback>& callback) noexcept {
        if (callback) callbacks_[size_++] = std::exchange(callback, nullptr);
    }

private:
    std::array<Ref<FdCallback>, 2> callbacks_;
    std::size_t size_ = 0;
};

class FdCallbackWatch final : public FdWatch {
public:
    explicit FdCallbackWatch(LoopCore& loop) noexcept : loop_(loop) {}
    ~FdCallbackWatch() {
        if (watching()) loop_.poller()->remove(*this);
        DroppedCallbacks dropped;
        for (auto& callback : callbacks_) dropped.take(callback);
    }

    [[nodiscard]] bool has(Direction direction) const noexcept {
        return static_cast<bool>(callbacks_[index(direction)]);
    }
    [[nodiscard]] bool empty() const noexcept { return !callbacks_[0] && !callbacks_[1]; }

    void set(int fd, Direction direction, Callback callback, DroppedCallbacks& dropped) {
        auto& mine = callbacks_[index(direction)];
        auto& other = callbacks_[1 - index(direction)];
        Ref<FdCallback> added(new FdCallback(std::move(callback)));
        const std::uint32_t events = interest[index(direction)] | (other ? interest[1 - index(direction)] : 0);
        // The other callback is for a descriptor that was closed: it goes too.
        if (watching() && loop_.poller()->modify(*this, events) != 0) dropped.take(other);
        if (!watching()) loop_.poller()->add(*this, fd, interest[index(direction)]);
        dropped.take(mine);
        mine = std::move(added);
    }

    void remove(Direction direction, DroppedCallbacks& dropped) {
        dropped.take(callbacks_[index(direction)]);
        auto& other = callbacks_[1 - index(direction)];
        if (other && loop_.poller()->modify(*this, interest[1 - index(direction)]) != 0) dropped.take(other);
    }

    void on_lost(int fd) noexcept override { loop_.fd_callbacks().forget(fd); }

    void on_ready(std::uint32_t events) noexcept override {
        for (std::size_t i = 0; i < callbacks_.size(); ++i) {
            if (callbacks_[i] && (events & wakes[i])) callbacks_[i]->schedule(loop_);
        }
    }

private:
    LoopCore& loop_;
    std::array<Ref<FdCallback>, 2> callbacks_;
};

FdCallbacks::FdCallbacks() = default;
FdCallbacks::~FdCallbacks() = default;

void FdCallbacks::set(LoopCore& loop, int fd, Direction direction, Callback callback) {
    DroppedCallbacks dropped;
    std::unique_ptr<FdCallbackWatch> gone;
    auto& watch = watches_[fd];
    if (!watch) {
        if (!loop.poller()->is_free(fd)) {
            watches_.erase(fd);
            throw RuntimeError("File descriptor " + std::to_string(fd) + " is used by a transport");
        }
        watch = std::make_unique<FdCallbackWatch>(loop);
    }
    try {
        watch->set(fd, direction, std::move(callback), dropped);
    } catch (...) {
        // Whatever was registered before was for another, closed descriptor.
        if (!watch->watching()) {
            gone = std::move(watch);
            watches_.erase(fd);
        }
        throw;
    }
}

bool FdCallbacks::remove(int fd, Direction direction) {
    const auto found = watches_.find(fd);
    if (found == watches_.end() || !found->second->has(direction)) return false;
    DroppedCallbacks dropped;
    std::unique_ptr<FdCallbackWatch> gone;
    found->second->remove(direction, dropped);
    if (found->second->empty()) {
        gone = std::move(found->second);
        watches_.erase(found);
    }
    return true;
}

void FdCallbacks::forget(int fd) noexcept {
    // Gone from the table before what the callbacks hold is destroyed.
    const auto gone = watches_.extract(fd);
}

void FdCallbacks::clear() noexcept {
    // What the callbacks hold may ask for more of them while it goes.
    const auto gone = std::exchange(watches_, {});
}

}  // namespace aio::detail
