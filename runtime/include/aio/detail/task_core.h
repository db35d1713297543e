// task_core.h - a task without the type of its result
#pragma once

#include "aio/detail/future_state.h"
#include "aio/frame.h"

#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace aio::detail {

/// Marks the awaiters of aio, which know tasks and may be awaited as they are.
struct AwaiterTag {};

/// The state of a task: a future whose value a coroutine computes.
///
/// A step resumes the innermost coroutine in a loop, the trampoline: awaiting a
/// child and returning from it only exchange `leaf_`, which asks for another
/// turn, so the stack does not grow in any build.
class TaskCore : public FutureState {
public:
    TaskCore(LoopCore& loop, PromiseBase& root, std::string_view name, std::source_location created);

    /// Requests cancellation; true unless done. Counts in cancelling().
    bool cancel(const std::string& message) final;
    [[nodiscard]] const char* what() const noexcept final { return "Task"; }

    [[nodiscard]] int cancelling() const noexcept { return cancelling_; }
    int uncancel() noexcept { return cancelling_ > 0 ? --cancelling_ : 0; }

    [[nodiscard]] std::string name() const;
    void set_name(std::string_view name) { details().name = name; }
    [[nodiscard]] bool has_own_name() const noexcept { return has_details_ && !details_->name.empty(); }
    /// The name of the coroutine function of the task.
    [[nodiscard]] std::string_view coroutine() const noexcept;
    [[nodiscard]] std::source_location created() const noexcept final { return created_; }
    /// The coroutines, outermost first; stack() adds what the innermost waits for.
    [[nodiscard]] std::vector<Frame> coroutines() const;
    [[nodiscard]] std::vector<Frame> stack() const;
    [[nodiscard]] std::string format_stack() const;
    [[nodiscard]] std::string describe() const final;
    /// "waits for sleep", "ready" or "running".
    [[nodiscard]] std::string activity() const;
    /// The task that this one waits for directly, or an empty handle.
    [[nodiscard]] TaskBase awaited_task() const noexcept;

    /// The context, made when there is none yet.
    [[nodiscard]] ContextSlot context();
    void set_context(ContextSlot context) noexcept { context_ = std::move(context); }

    /// Runs one step. Called by the loop.
    void run(LoopCore& loop) final;
    void discard() noexcept final { scheduled_ = false; }
    void set_report_pending(bool on) noexcept { report_pending_ = on; }
    [[nodiscard]] bool report_pending() const noexcept { return report_pending_; }

    /// Lets the next step happen in the next iteration.
    void wake() noexcept;

    /// Notes that the coroutine \p leaf waits for \p what.
    void suspend(PromiseBase& leaf, Suspension& what);
    /// Throws CancelledError if a request is still to be delivered.
    void deliver_cancel();
    [[nodiscard]] bool cancel_pending() const noexcept { return must_cancel_; }
    /// Forgets a request to deliver: another CancelledError takes its place.
    void drop_cancel() noexcept { must_cancel_ = false; }
    /// Takes a request to deliver, without throwing.
    [[nodiscard]] bool take_cancel() noexcept {
        const bool requested = must_cancel_;
        must_cancel_ = false;
        return requested;
    }

    /// Called while a step runs: \p next is to be resumed when this turn ends.
    void transfer(PromiseBase& next) noexcept { leaf_ = &next; }
    /// Called while a step runs: the root coroutine has ended.
    void root_ended() noexcept { ended_ = true; }

    /// Destroys the coroutines, innermost first, without resuming them.
    void destroy_frames() noexcept;
    [[nodiscard]] bool has_frames() const noexcept { return has_frames_; }

protected:
    ~TaskCore() override;
    /// Moves the value of the ended root coroutine into this future.
    virtual void take_value(PromiseBase& root) = 0;

private:
    friend class LoopCore;
    void report_not_entered();
    /// describe() up to the coroutine.
    [[nodiscard]] std::string head() const;
    [[nodiscard]] std::string coroutine_text() const;
    /// What it waits for if that is a future, or null.
    [[nodiscard]] FutureState* awaited_future() const noexcept;
    void trace_suspension();
    /// The unfinished task that a cancellation passes on to, or null.
    [[nodiscard]] TaskCore* cancel_target() const noexcept;
    void finish();
    void finish_with(std::exception_ptr error);
    void close_frames() noexcept;
    [[nodiscard]] std::string cancel_text() const { return has_details_ ? details_->cancel_message : std::string(); }
    [[nodiscard]] std::source_location coroutine_place() const noexcept;

    /// What few tasks have.
    struct Details {
        std::uint64_t number;
        std::string name;  // empty: "Task-" and the number
        std::string cancel_message;
    };
    [[nodiscard]] Details& details();

    union {
        PromiseBase* leaf_;               // with frames: the innermost coroutine
        std::source_location coroutine_;  // without: what the coroutine function was
    };
    Suspension* waiting_for_ = nullptr;
    ContextSlot context_;
    TaskCore* previous_task_ = nullptr;
    TaskCore* next_task_ = nullptr;
    union {
        std::uint64_t number_;  // without details
        Details* details_;
    };
    std::source_location created_;
    // A small result fits behind these, into the padding.
    bool has_frames_ : 1 = true;
    bool has_details_ : 1 = false;
    bool started_ : 1 = false;
    bool scheduled_ : 1 = false;
    bool must_cancel_ : 1 = false;
    bool cancel_passing_ : 1 = false;  // cancel() is on its way through this task
    bool ended_ : 1 = false;
    bool report_pending_ : 1 = true;
    int cancelling_ : 24 = 0;
};

}  // namespace aio::detail
