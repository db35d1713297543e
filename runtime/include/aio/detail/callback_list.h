// callback_list.h - callbacks that a loop drops when it goes
#pragma once

namespace aio::detail {

class CallbackList;

/// A callback that waits for a future, which owns it.
class ListedCallback {
public:
    ListedCallback() = default;
    ListedCallback(const ListedCallback&) = delete;
    ListedCallback& operator=(const ListedCallback&) = delete;

    /// Leaves the future and goes away, unrun.
    virtual void drop() noexcept = 0;

protected:
    ~ListedCallback() = default;

private:
    friend class CallbackList;
    ListedCallback* previous_ = nullptr;
    ListedCallback* next_ = nullptr;
};

/// The callbacks of one loop that still wait.
///
/// A callback may hold its own future, as that of a gather does. Nothing else
/// would free the two when the future is never done.
class CallbackList {
public:
    void add(ListedCallback& callback) noexcept {
        callback.next_ = first_;
        if (first_) first_->previous_ = &callback;
        first_ = &callback;
    }
    void remove(ListedCallback& callback) noexcept {
        (callback.previous_ ? callback.previous_->next_ : first_) = callback.next_;
        if (callback.next_) callback.next_->previous_ = callback.previous_;
        callback.previous_ = callback.next_ = nullptr;
    }
    void drop_all() noexcept {
        while (first_) first_->drop();
    }

private:
    ListedCallback* first_ = nullptr;
};

}  // namespace aio::detail
