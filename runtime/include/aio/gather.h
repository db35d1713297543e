// gather.h - runs awaitables at the same time and collects their results
#pragma once

#include "aio/detail/gather_core.h"
#include "aio/ensure_future.h"

#include <source_location>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

namespace aio {

/// What gather() does when a child fails or is cancelled.
enum class OnError {
    /// Cancels the other children, waits until they have ended, then rethrows.
    cancel_siblings,
    /// Rethrows at once; the other children run on, as asyncio does it. Give it
    /// only children that own what they use.
    leave_running,
};

/// Options of gather().
struct GatherOpts {
    /// What happens to the other children when one fails.
    OnError on_error = OnError::cancel_siblings;
    /// Where reports say that the children were created: where the options were.
    std::source_location where = std::source_location::current();
};

/// The future of a gather: done when its children are.
///
/// The children run whether it is awaited or not. Cancelling it cancels all of
/// them; it is done once they have ended.
template <class R>
class [[nodiscard("await the gather, or keep it, to see its errors")]] GatherFuture : public Future<R> {
public:
    using Future<R>::Future;
};

namespace detail {

template <class R, template <class> class Get, class... T>
R fill_tuple(std::vector<Child>& children) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return R(Get<T>::get(children[I])...);
    }(std::index_sequence_for<T...>());
}

template <class R, class Get>
R fill_vector(std::vector<Child>& children) {
    R all;
    all.reserve(children.size());
    for (Child& child : children) all.push_back(Get::get(child));
    return all;
}

template <class A>
Child child_of(A&& awaitable, std::source_location where) {
    constexpr bool owned = !std::derived_from<std::remove_cvref_t<A>, FutureBase>;
    return Child{aio::ensure_future(std::forward<A>(awaitable), where).state(), owned};
}

/// Collects the children of one gather; each is waited for as soon as it is there.
template <class R, R (*Fill)(std::vector<Child>&)>
class GatherStart {
public:
    explicit GatherStart(GatherCore::Policy policy) noexcept : policy_(policy) {}

    void add(Child child) {
        if (!gather_) make(child.state->loop());
        // The same task may be given twice.
        const bool again = !child.owned && !seen_.insert(child.state.get()).second;
        gather_->add(std::move(child), again);
    }

    GatherFuture<R> finish() {
        if (!gather_) make(require_running_core());
        gather_->start();
        return GatherFuture<R>(Ref<FutureState>(std::move(gather_)));
    }

private:
    void make(LoopCore& loop) { gather_ = Ref<GatherOf<R, Fill>>(new GatherOf<R, Fill>(loop, policy_)); }

    GatherCore::Policy policy_;
    Ref<GatherOf<R, Fill>> gather_;
    std::unordered_set<FutureState*> seen_;
};

/// How a gather treats its children, and where it was written.
struct GatherPlan {
    using Policy = GatherCore::Policy;

    explicit GatherPlan(std::source_location place = {}) noexcept : where(place) {}
    GatherPlan(GatherOpts options) noexcept  // NOLINT: what the user asked for
        : policy(options.on_error == OnError::leave_running ? Policy::leave_running : Policy::cancel_siblings),
          where(options.where) {}

    Policy policy = Policy::cancel_siblings;
    std::source_location where;
};

template <template <class> class Get, class... A>
auto gather_each(GatherPlan plan, A&&... awaitables) {
    using R = std::tuple<typename Get<ValueOf<A>>::type...>;
    GatherStart<R, &fill_tuple<R, Get, ValueOf<A>...>> start(plan.policy);
    (start.add(child_of(std::forward<A>(awaitables), plan.where)), ...);
    return start.finish();
}

template <template <class> class Get, class R>
auto gather_range(GatherPlan plan, R&& range) {
    using Element = MovableElementOf<R>;
    using Each = Get<ValueOf<Element>>;
    using All = std::vector<typename Each::type>;
    GatherStart<All, &fill_vector<All, Each>> start(plan.policy);
    for (auto&& element : range) start.add(child_of(static_cast<Element>(element), plan.where));
    return start.finish();
}

/// The plan of gather_outcomes(): a failure ends nothing.
inline GatherPlan outcomes_at(std::source_location where = {}) noexcept {
    GatherPlan plan(where);
    plan.policy = GatherCore::Policy::outcomes;
    return plan;
}

template <class R>
concept GatherableRange = Iterable<R> && !Gatherable<R> && Gatherable<MovableElementOf<R>>;

}  // namespace detail

/// Runs \p awaitables at the same time; gives a tuple of their results in the
/// order of the arguments (std::monostate for void).
///
/// The children are scheduled by this call. The first failure cancels the other
/// children and is rethrown once all of them have ended, so that no child uses a
/// local of the caller afterwards; see OnError for asyncio's way. A cancelled
/// child counts as a failure with CancelledError.
///
/// Awaiting the result:
/// Suspends:  until all children are done.
/// Resumes:   from the loop, in the iteration after the last child was noticed.
/// Cancelled: cancels all children, waits for them, then throws CancelledError.
/// Lifetime:  what the children refer to must outlive the wait.
///
/// Reports name this call as the place where the children were created, if there
/// are at most four: C++ has no default argument behind any number of others. For
/// more of them pass GatherOpts, which note their own place.
template <detail::Gatherable A>
auto gather(A&& a, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildValue>(detail::GatherPlan(where), std::forward<A>(a));
}
template <detail::Gatherable A, detail::Gatherable B>
auto gather(A&& a, B&& b, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildValue>(detail::GatherPlan(where), std::forward<A>(a), std::forward<B>(b));
}
template <detail::Gatherable A, detail::Gatherable B, detail::Gatherable C>
auto gather(A&& a, B&& b, C&& c, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildValue>(detail::GatherPlan(where), std::forward<A>(a), std::forward<B>(b),
                                                   std::forward<C>(c));
}
template <detail::Gatherable A, detail::Gatherable B, detail::Gatherable C, detail::Gatherable D>
auto gather(A&& a, B&& b, C&& c, D&& d, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildValue>(detail::GatherPlan(where), std::forward<A>(a), std::forward<B>(b),
                                                   std::forward<C>(c), std::forward<D>(d));
}
template <class... A>
    requires((sizeof...(A) == 0 || sizeof...(A) > 4) && (detail::Gatherable<A> && ...))
auto gather(A&&... awaitables) {
    return detail::gather_each<detail::ChildValue>(detail::GatherPlan(), std::forward<A>(awaitables)...);
}
template <class... A>
    requires(detail::Gatherable<A> && ...)
auto gather(GatherOpts options, A&&... awaitables) {
    return detail::gather_each<detail::ChildValue>(options, std::forward<A>(awaitables)...);
}

/// The same for a range of awaitables; gives a vector. Coroutines are moved out
/// of a range that is passed with std::move().
///
/// GCC 12 cannot compile a braced list inside an await: give a vector that is
/// written as one a name first, or pass its elements as arguments.
template <class R>
    requires detail::GatherableRange<R>
auto gather(R&& range, std::source_location where = std::source_location::current()) {
    return detail::gather_range<detail::ChildValue>(detail::GatherPlan(where), std::forward<R>(range));
}
template <class R>
    requires detail::GatherableRange<R>
auto gather(GatherOpts options, R&& range) {
    return detail::gather_range<detail::ChildValue>(options, std::forward<R>(range));
}

/// As gather(), but never fails: each result is an Outcome, and no child is
/// cancelled because another one failed. Cancelling it still throws.
template <detail::Gatherable A>
auto gather_outcomes(A&& a, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildOutcome>(detail::outcomes_at(where), std::forward<A>(a));
}
template <detail::Gatherable A, detail::Gatherable B>
auto gather_outcomes(A&& a, B&& b, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildOutcome>(detail::outcomes_at(where), std::forward<A>(a),
                                                     std::forward<B>(b));
}
template <detail::Gatherable A, detail::Gatherable B, detail::Gatherable C>
auto gather_outcomes(A&& a, B&& b, C&& c, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildOutcome>(detail::outcomes_at(where), std::forward<A>(a), std::forward<B>(b),
                                                     std::forward<C>(c));
}
template <detail::Gatherable A, detail::Gatherable B, detail::Gatherable C, detail::Gatherable D>
auto gather_outcomes(A&& a, B&& b, C&& c, D&& d, std::source_location where = std::source_location::current()) {
    return detail::gather_each<detail::ChildOutcome>(detail::outcomes_at(where), std::forward<A>(a), std::forward<B>(b),
                                                     std::forward<C>(c), std::forward<D>(d));
}
template <class... A>
    requires((sizeof...(A) == 0 || sizeof...(A) > 4) && (detail::Gatherable<A> && ...))
auto gather_outcomes(A&&... awaitables) {
    return detail::gather_each<detail::ChildOutcome>(detail::outcomes_at(), std::forward<A>(awaitables)...);
}
template <class R>
    requires detail::GatherableRange<R>
auto gather_outcomes(R&& range, std::source_location where = std::source_location::current()) {
    return detail::gather_range<detail::ChildOutcome>(detail::outcomes_at(where), std::forward<R>(range));
}

}  // namespace aio
