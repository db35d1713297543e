// kept_result.h - a result that waits until something else is done
#pragma once

#include "aio/coro.h"

#include <optional>
#include <type_traits>
#include <utility>

namespace aio::detail {

/// What a call or a coroutine gave: a value, a reference or nothing.
template <class T>
class KeptResult {
public:
    /// Keeps what `get()` returns.
    template <class F>
    void keep(F&& get) {
        if constexpr (std::is_void_v<T>)
            get();
        else if constexpr (std::is_reference_v<T>)
            value_.emplace(&get());
        else
            value_.emplace(get());
    }

    /// Gives it on, once; there is something unless keep() threw.
    T take() {
        if constexpr (!std::is_void_v<T>) return unwrap<T>(std::move(*value_));
    }

    /// Keeps what \p coro gives when it is awaited: `co_await kept.await(f())`.
    [[nodiscard("nothing happens until it is awaited")]] auto await(Coro<T> coro) noexcept {
        return Awaited(coro.release(), *this);
    }

private:
    class Awaiter : public CoroAwaiter<T> {
    public:
        Awaiter(PromiseBase* coro, KeptResult& kept) noexcept : CoroAwaiter<T>(coro), kept_(kept) {}
        void await_resume() {
            kept_.keep([this]() -> T { return CoroAwaiter<T>::await_resume(); });
        }

    private:
        KeptResult& kept_;
    };

    /// Owns nothing: it is awaited in the expression that makes it.
    class Awaited {
    public:
        Awaited(PromiseBase* coro, KeptResult& kept) noexcept : coro_(coro), kept_(kept) {}
        auto operator co_await() && { return Awaiter(coro_, kept_); }

    private:
        PromiseBase* coro_;
        KeptResult& kept_;
    };

    std::optional<Stored<T>> value_;
};

}  // namespace aio::detail
