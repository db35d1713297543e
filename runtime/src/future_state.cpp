// future_state.cpp - what all handles of one future share
#include "aio/detail/future_state.h"

#include "aio/exception_context.h"
#include "aio/future.h"
#include "aio/tracer.h"

#include <memory>

namespace aio {

Loop& FutureBase::get_loop() const {
    Loop* loop = state_->loop().owner();
    if (!loop) throw RuntimeError("The loop of this future is gone");
    return *loop;
}

namespace detail {

namespace {

/// A user's callback: waits in the future's list, then in the ready queue.
class DoneCallback final : public DoneNode, public Runnable, public ListedCallback, public Pooled {
public:
    DoneCallback(UniqueFunction<void(FutureBase&)> callback, ContextSlot context, std::uint64_t id) noexcept
        : context_(std::move(context)), callback_(std::move(callback)), id_(id) {}

    /// Becomes a part of \p source, which is not done.
    void wait_for(FutureState& source) noexcept {
        source_ = &source;
        source.add_node(*this);
        source.loop().callbacks().add(*this);
    }

    [[nodiscard]] std::uint64_t id() const noexcept override { return id_; }

    void on_done(FutureState& future) noexcept override {
        leave_list();
        future_ = Ref<FutureState>(&future);
        future.loop().schedule(*this);
    }
    void on_drop() noexcept override {
        leave_list();
        delete this;
    }
    void drop() noexcept override {
        source_->remove_node(*this);
        on_drop();
    }

    void run(LoopCore& loop) override {
        const std::unique_ptr<DoneCallback> self(this);
        const std::type_info& type = callback_.target_type();
        loop.guard(
            [this] {
                const ContextScope scope(context_);
                if (!scope.entered()) throw_already_entered();
                FutureBase future(future_);
                callback_(future);
                callback_.reset();
            },
            [&type]() -> const std::type_info& { return type; }, nullptr, future_.get());
    }
    void discard() noexcept override { delete this; }

private:
    void leave_list() noexcept {
        if (FutureState* source = std::exchange(source_, nullptr)) source->loop().callbacks().remove(*this);
    }

    ContextSlot context_;
    UniqueFunction<void(FutureBase&)> callback_;
    FutureState* source_ = nullptr;  // while it waits
    Ref<FutureState> future_;        // when it is done
    std::uint64_t id_;
};

}  // namespace

FutureState::~FutureState() {
    drop_nodes();
    if (done()) error_.~exception_ptr();
}

bool FutureState::cancel(const std::string& message) {
    check_thread();
    retrieved_ = true;
    if (done()) return false;
    settle(FutureStatus::cancelled, std::make_exception_ptr(CancelledError(message)));
    return true;
}

std::exception_ptr FutureState::exception() {
    check_thread();
    if (cancelled()) std::rethrow_exception(error_);
    if (!done()) throw InvalidStateError("Exception is not set.");
    retrieved_ = true;
    return error_;
}

void FutureState::require_value() {
    check_thread();
    if (!done()) throw InvalidStateError("Result is not set.");
    retrieved_ = true;
    if (status_ != FutureStatus::finished) std::rethrow_exception(error_);
    if (taken_) throw InvalidStateError("Result was taken already.");
}

void FutureState::check_settable(const char* operation) const {
    check_thread();
    if (kind_ != FutureKind::plain)
        throw RuntimeError(std::string(what()) + " does not support " + operation + " operation");
    if (done()) throw InvalidStateError("invalid state");
}

void FutureState::set_exception(std::exception_ptr error) {
    check_settable("set_exception");
    if (!error) throw ValueError("set_exception() needs an exception");
    settle(FutureStatus::failed, std::move(error));
}

void FutureState::settle(FutureStatus status, std::exception_ptr error) noexcept {
    DoneNode* const first = first_;
    status_ = status;
    std::construct_at(&error_, std::move(error));
    retrieved_ = status != FutureStatus::failed;
    if (Tracer* tracer = loop_->tracer(); tracer && is_task())
        tracer->on_task_done(TaskBase(Ref<TaskCore>(static_cast<TaskCore*>(this))));
    if (!first) return;
    const Ref<FutureState> keep(this);
    // Nodes may leave the ring while the others are told.
    struct : RingLink {
    } end;
    end.insert_before(*first);
    while (!end.alone()) {
        auto& node = static_cast<DoneNode&>(end.next());
        node.unlink();
        node.on_done(*this);
    }
}

void FutureState::add_node(DoneNode& node) noexcept {
    if (first_)
        node.insert_before(*first_);
    else
        first_ = &node;
}

void FutureState::remove_node(DoneNode& node) noexcept {
    if (!done() && first_ == &node) first_ = node.alone() ? nullptr : static_cast<DoneNode*>(&node.next());
    node.unlink();
}

std::uint64_t FutureState::add_callback(UniqueFunction<void(FutureBase&)> callback, ContextSlot context) {
    check_thread();
    const std::uint64_t id = loop().next_callback_id();
    auto node = std::make_unique<DoneCallback>(std::move(callback), std::move(context), id);
    if (done())
        node.release()->on_done(*this);
    else if (!loop().is_torn_down())
        node.release()->wait_for(*this);
    return id;
}

std::size_t FutureState::remove_callback(std::uint64_t id) noexcept {
    if (done() || !first_) return 0;
    DoneNode* node = first_;
    while (node->id() != id) {
        node = static_cast<DoneNode*>(&node->next());
        if (node == first_) return 0;
    }
    remove_node(*node);
    node->on_drop();
    return 1;
}

void FutureState::drop_nodes() noexcept {
    if (done()) return;
    while (DoneNode* node = first_) {
        remove_node(*node);
        node->on_drop();
    }
}

void FutureState::destroy() noexcept {
    if (!retrieved_) {
        // The report shows a handle, which may even be kept.
        retrieved_ = true;
        refs_ = 1;
        report_never_retrieved();
        if (--refs_ != 0) return;
    }
    delete this;
}

void FutureState::report_never_retrieved() noexcept {
    ExceptionContext context{.message = "Future exception was never retrieved", .exception = error_};
    context.future = FutureBase(Ref<FutureState>(this));
    if (kind_ == FutureKind::gather) context.message = "_GatheringFuture exception was never retrieved";
    if (is_task()) {
        auto& task = static_cast<TaskCore&>(*this);
        context.message = "Task exception was never retrieved";
        context.task = TaskBase(Ref<TaskCore>(&task));
    }
    context.source_location = created();
    loop_->report(context);
}

void FutureWait::suspend(PromiseBase& waiter) {
    task_ = waiter.task;
    refused_ = state_.get() == task_ || &state_->loop() != &task_->loop();
    // The error comes in the next iteration, and a cancellation may replace it.
    if (refused_) return task_->wake();
    state_->add_node(*this);
    linked_ = true;
    task_->suspend(waiter, *this);
}

void FutureWait::resume() {
    if (!task_) return;
    // A CancelledError that the future holds is thrown in place of the request's.
    if (task_->cancel_pending() && is_cancellation(state_->error())) return task_->drop_cancel();
    task_->deliver_cancel();
    if (!refused_) return;
    if (state_.get() == task_) throw RuntimeError("Task cannot await on itself: " + task_->describe());
    throw RuntimeError("Task " + task_->describe() + " got Future " + state_->describe() +
                       " attached to a different loop");
}

void FutureWait::on_done(FutureState&) noexcept {
    linked_ = false;
    task_->wake();
}

}  // namespace detail
}  // namespace aio
