// external_op.cpp - work that a loop waits for from another thread
#include "aio/detail/external_op.h"

#include "aio/detail/inbox.h"
#include "aio/detail/loop_core.h"

namespace aio::detail {

void ExternalOp::finish() {
    posted_ = shared_from_this();
    const std::shared_ptr<ExternalOp> keep = posted_;
    if (!inbox_->post(*this)) posted_.reset();
}

void ExternalOp::run(LoopCore& loop) {
    const std::shared_ptr<ExternalOp> keep = std::move(posted_);
    loop.external_ops().remove(*this);
    deliver();
}

void ExternalOp::discard() noexcept {
    const std::shared_ptr<ExternalOp> keep = std::move(posted_);
    abandon();
}

void ExternalOps::add(ExternalOp& op) noexcept {
    op.listed_ = true;
    op.next_ = first_;
    if (first_) first_->previous_ = &op;
    first_ = &op;
}

void ExternalOps::remove(ExternalOp& op) noexcept {
    if (!std::exchange(op.listed_, false)) return;
    (op.previous_ ? op.previous_->next_ : first_) = op.next_;
    if (op.next_) op.next_->previous_ = op.previous_;
    op.previous_ = op.next_ = nullptr;
}

void ExternalOps::abandon_all() noexcept {
    while (ExternalOp* op = first_) {
        remove(*op);
        op->abandon();
    }
}

}  // namespace aio::detail
