// gather_core.cpp - waits for the children of a gather
#include "aio/detail/gather_core.h"

#include "aio/future.h"

namespace aio::detail {

void GatherCore::add(Child child, bool again) {
    FutureState& state = *child.state;
    children_.push_back(std::move(child));
    if (again) return;
    ++unfinished_;
    state.add_callback([self = Ref<GatherCore>(this)](FutureBase& ended) { self->child_done(*ended.state()); });
}

void GatherCore::start() {
    if (children_.empty()) complete();
}

bool GatherCore::cancel(const std::string& message) {
    if (done()) return false;
    bool any = false;
    for (const Child& child : children_) any = child.state->cancel(message) || any;
    cancel_requested_ = cancel_requested_ || any;
    return any;
}

void GatherCore::child_done(FutureState& child) {
    --unfinished_;
    if (done()) {
        // Left running after the first error: nobody else looks at this one.
        child.mark_retrieved();
        return;
    }
    if (policy_ != Policy::outcomes && child.error()) {
        child.mark_retrieved();
        child_failed(child, child.error());
    }
    if (unfinished_ == 0 && !done()) complete();
}

void GatherCore::child_failed(FutureState& child, std::exception_ptr error) {
    if (policy_ == Policy::leave_running) return settle(FutureStatus::failed, std::move(error));
    if (first_error_) return;
    first_error_ = std::move(error);
    for (const Child& sibling : children_) {
        if (sibling.state.get() != &child) sibling.state->cancel({});
    }
}

void GatherCore::complete() {
    if (cancel_requested_) {
        // With the message of the request, if the last child was cancelled by it.
        const FutureState& last = *children_.back().state;
        first_error_ = last.cancelled() ? last.error() : std::make_exception_ptr(CancelledError());
    }
    if (!first_error_) {
        try {
            collect();
        } catch (...) {
            first_error_ = std::current_exception();
        }
    }
    children_.clear();
    if (first_error_)
        settle(FutureStatus::failed, std::move(first_error_));
    else
        settle(FutureStatus::finished);
}

}  // namespace aio::detail
