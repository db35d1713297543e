// external_op.h - work that a loop waits for from another thread
#pragma once

#include "aio/detail/ready_queue.h"

#include <memory>

namespace aio::detail {

class Inbox;

/// One piece of work that finishes outside the loop's thread.
///
/// The other thread holds it by shared pointer and calls finish() once. What
/// belongs to the loop (the future) is touched only in deliver() and abandon(),
/// which run on the loop's thread, so the future needs no atomic counts.
class ExternalOp : public Runnable, public std::enable_shared_from_this<ExternalOp> {
public:
    virtual ~ExternalOp() = default;

    /// Hands the outcome to the loop, which then calls deliver(). Any thread.
    void finish();

    /// Lets go of the future because the loop closes. Loop's thread.
    virtual void abandon() noexcept = 0;

    void run(LoopCore& loop) final;
    void discard() noexcept final;

protected:
    explicit ExternalOp(std::shared_ptr<Inbox> inbox) noexcept : inbox_(std::move(inbox)) {}

    /// Moves the outcome into the future. Loop's thread.
    virtual void deliver() = 0;

private:
    friend class ExternalOps;
    std::shared_ptr<Inbox> inbox_;
    std::shared_ptr<ExternalOp> posted_;  // keeps the op alive in the inbox
    ExternalOp* previous_ = nullptr;
    ExternalOp* next_ = nullptr;
    bool listed_ = false;
};

/// The unfinished operations of one loop.
class ExternalOps {
public:
    ExternalOps() = default;
    ~ExternalOps() { abandon_all(); }
    ExternalOps(const ExternalOps&) = delete;
    ExternalOps& operator=(const ExternalOps&) = delete;

    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    void add(ExternalOp& op) noexcept;
    void remove(ExternalOp& op) noexcept;
    void abandon_all() noexcept;

private:
    ExternalOp* first_ = nullptr;
};

}  // namespace aio::detail
