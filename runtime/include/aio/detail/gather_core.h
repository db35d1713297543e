// gather_core.h - waits for the children of a gather
#pragma once

#include "aio/detail/future_state.h"
#include "aio/outcome.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace aio::detail {

/// One argument of a gather.
struct Child {
    Ref<FutureState> state;
    bool owned;  // made from a coroutine: nobody else wants the value
};

/// A future that is done when its children are.
class GatherCore : public FutureState {
public:
    enum class Policy { cancel_siblings, leave_running, outcomes };

    GatherCore(LoopCore& loop, Policy policy) : FutureState(loop, FutureKind::gather), policy_(policy) {}

    /// Adds a child and begins to wait for it; one that occurs \p again is
    /// waited for already.
    void add(Child child, bool again);
    /// All children were added: completes at once when there are none.
    void start();
    /// Cancels all children; this future is done when they are.
    bool cancel(const std::string& message) final;
    [[nodiscard]] const char* what() const noexcept final { return "gather"; }

protected:
    [[nodiscard]] std::vector<Child>& children() noexcept { return children_; }
    /// Builds the value from children that are all done.
    virtual void collect() = 0;

private:
    void child_done(FutureState& child);
    void child_failed(FutureState& child, std::exception_ptr error);
    void complete();

    Policy policy_;
    bool cancel_requested_ = false;
    std::size_t unfinished_ = 0;
    std::exception_ptr first_error_;
    std::vector<Child> children_;
};

/// \p Fill turns the children into the value of type \p R.
template <class R, R (*Fill)(std::vector<Child>&)>
class GatherOf final : public Valued<R, GatherCore> {
public:
    using Valued<R, GatherCore>::Valued;

private:
    void collect() override { this->emplace(Fill(this->children())); }
};

/// How a result of type \p T is kept in the tuple or vector of a gather.
template <class T>
using Slot = std::conditional_t<std::is_reference_v<T>, std::reference_wrapper<std::remove_reference_t<T>>, Stored<T>>;

template <class T>
struct ChildValue {
    using type = Slot<T>;

    static type get(Child& child) {
        Stored<T> value = child.owned ? ValueAccess::take<T>(*child.state) : copy(*child.state);
        if constexpr (std::is_reference_v<T>)
            return std::ref(*value);
        else
            return value;
    }

private:
    static Stored<T> copy(FutureState& state) {
        if constexpr (copyable<Stored<T>>)
            return ValueAccess::get<T>(state);
        else
            return ValueAccess::take<T>(state);
    }
};

template <class T>
struct ChildOutcome {
    using type = Outcome<T>;

    static type get(Child& child) {
        if (child.state->status() == FutureStatus::finished) {
            Slot<T> value = ChildValue<T>::get(child);
            if constexpr (std::is_reference_v<T>)
                return type(&value.get());
            else
                return type(std::move(value));
        }
        child.state->mark_retrieved();
        return type(child.state->error());
    }
};

}  // namespace aio::detail
