// as_completed.h - takes the results of several tasks as they come
#pragma once

#include "aio/async_generator.h"
#include "aio/ensure_future.h"
#include "aio/timing.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <source_location>
#include <utility>
#include <vector>

namespace aio {

namespace detail {

class CompletionQueue;

/// Begins to collect \p futures; those that occur twice count once.
std::shared_ptr<CompletionQueue> collect_completions(const std::vector<FutureBase>& futures,
                                                     std::optional<Seconds> timeout);
/// How many different futures there are.
[[nodiscard]] std::size_t completion_count(const CompletionQueue& queue) noexcept;

/// The next future that is done; throws TimeoutError when the time has passed.
Coro<FutureBase> next_completion(std::shared_ptr<CompletionQueue> queue);

template <class T>
Coro<T> next_result(std::shared_ptr<CompletionQueue> queue) {
    FutureBase done = co_await next_completion(std::move(queue));
    co_return unwrap<T>(ValueAccess::copy_or_take<T>(*done.state()));
}

template <class T>
AsyncGenerator<Future<T>> completed_futures(std::shared_ptr<CompletionQueue> queue) {
    for (std::size_t left = completion_count(*queue); left > 0; --left) {
        FutureBase done = co_await next_completion(queue);
        co_yield Future<T>(done.state());
    }
}

/// Schedules what \p range holds and begins to collect it.
template <class R>
std::shared_ptr<CompletionQueue> collect_range(R&& range, std::optional<Seconds> timeout, std::source_location where) {
    std::vector<FutureBase> futures;
    for (auto&& element : range)
        futures.emplace_back(ensure_future(static_cast<MovableElementOf<R>>(element), where).state());
    return collect_completions(futures, timeout);
}

}  // namespace detail

/// One result of as_completed(): await it once.
///
/// Suspends:  until one more of the futures is done.
/// Resumes:   from the loop, in the second iteration after that.
/// Cancelled: throws CancelledError; the futures are left alone.
/// Lifetime:  needs nothing.
/// Throws what that future failed with, or TimeoutError when the time passed.
template <class T>
class [[nodiscard("a completion must be awaited")]] Completion {
public:
    using value_type = T;

    explicit Completion(std::shared_ptr<detail::CompletionQueue> queue) noexcept : queue_(std::move(queue)) {}
    auto operator co_await() const { return detail::next_result<T>(queue_).operator co_await(); }

private:
    std::shared_ptr<detail::CompletionQueue> queue_;
};

/// Gives the completions of as_completed(), one per future.
///
///     while (auto next = completions.next()) use(co_await *next);
template <class T>
class [[nodiscard("take the results with next()")]] CompletionIterator {
public:
    explicit CompletionIterator(std::shared_ptr<detail::CompletionQueue> queue) noexcept
        : queue_(std::move(queue)), left_(detail::completion_count(*queue_)) {}

    /// The completion to await next; empty after the last one.
    [[nodiscard]] std::optional<Completion<T>> next() {
        if (left_ == 0) return std::nullopt;
        --left_;
        return Completion<T>(queue_);
    }

private:
    std::shared_ptr<detail::CompletionQueue> queue_;
    std::size_t left_;
};

/// Waits for the coroutines, futures or tasks in \p range in the order in which
/// they end.
///
/// Coroutines become tasks at once. Nothing is ever cancelled: when the iterator
/// is dropped early, or \p timeout passes, what is not done goes on running on
/// the loop. A future that occurs twice counts once. \p timeout counts from this
/// call and is for all results together.
template <class R>
    requires(detail::Iterable<R> && detail::Gatherable<std::remove_cvref_t<detail::ElementOf<R>>>)
auto as_completed(R&& range, std::optional<Seconds> timeout = std::nullopt,
                  std::source_location where = std::source_location::current()) {
    using T = detail::ValueOf<std::remove_cvref_t<detail::ElementOf<R>>>;
    return CompletionIterator<T>(detail::collect_range(std::forward<R>(range), timeout, where));
}

/// As as_completed(), as an asynchronous generator of futures that are done.
///
/// Coroutines become tasks at once, before the first next(). A future that was
/// given is yielded itself; errors are in the futures, and only TimeoutError
/// ends the generator.
///
///     while (auto done = co_await futures.next()) use(done->result());
template <class R>
    requires(detail::Iterable<R> && detail::Gatherable<std::remove_cvref_t<detail::ElementOf<R>>>)
auto as_completed_generator(R&& range, std::optional<Seconds> timeout = std::nullopt,
                            std::source_location where = std::source_location::current()) {
    using T = detail::ValueOf<std::remove_cvref_t<detail::ElementOf<R>>>;
    return detail::completed_futures<T>(detail::collect_range(std::forward<R>(range), timeout, where));
}

}  // namespace aio
