// unique_function.h - a move-only callable with room for small closures
#pragma once

#include "aio/detail/callback_rule.h"

#include <concepts>
#include <cstddef>
#include <cstring>
#include <functional>
#include <new>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace aio::detail {

template <class Signature>
class UniqueFunction;

/// A callable of any type, owned, moved but never copied.
///
/// Closures of up to 48 bytes that move without throwing are stored inside.
template <class R, class... Args>
class UniqueFunction<R(Args...)> {
public:
    UniqueFunction() noexcept = default;

    template <class F>
        requires(!std::same_as<std::remove_cvref_t<F>, UniqueFunction> &&
                 (std::is_void_v<R> ? std::is_invocable_v<std::decay_t<F>&, Args...>
                                    : std::is_invocable_r_v<R, std::decay_t<F>&, Args...>))
    UniqueFunction(F&& f) {  // NOLINT: converting on purpose, as std::function does
        using Target = std::decay_t<F>;
        if constexpr (std::is_void_v<R>) check_callback<Target, Args...>();
        if constexpr (fits<Target>) {
            ::new (static_cast<void*>(buffer_)) Target(std::forward<F>(f));
        } else {
            ::new (static_cast<void*>(buffer_)) Target*(new Target(std::forward<F>(f)));
        }
        ops_ = &ops_of<Target>;
    }

    UniqueFunction(UniqueFunction&& other) noexcept { steal(other); }

    UniqueFunction& operator=(UniqueFunction&& other) noexcept {
        if (this != &other) {
            reset();
            steal(other);
        }
        return *this;
    }

    ~UniqueFunction() { reset(); }

    explicit operator bool() const noexcept { return ops_ != nullptr; }

    R operator()(Args... args) { return ops_->call(buffer_, std::forward<Args>(args)...); }

    /// Destroys the callable; lets an exception of its destructor out.
    void reset() {
        const Ops* ops = std::exchange(ops_, nullptr);
        if (ops && ops->destroy) ops->destroy(buffer_);
    }

    /// The type of the callable; of void when empty.
    [[nodiscard]] const std::type_info& target_type() const noexcept { return ops_ ? *ops_->type : typeid(void); }

private:
    static constexpr std::size_t capacity = 48;

    struct Ops {
        R (*call)(std::byte*, Args...);
        void (*move)(std::byte* from, std::byte* to) noexcept;  // null: its bytes can be copied
        void (*destroy)(std::byte*);                            // null: nothing to do
        const std::type_info* type;
        std::size_t size;
    };

    template <class F>
    static constexpr bool fits =
        sizeof(F) <= capacity && alignof(F) <= alignof(void*) && std::is_nothrow_move_constructible_v<F>;

    template <class F>
    static F& target(std::byte* buffer) noexcept {
        if constexpr (fits<F>)
            return *std::launder(reinterpret_cast<F*>(buffer));
        else
            return **std::launder(reinterpret_cast<F**>(buffer));
    }

    template <class F>
    static R call(std::byte* buffer, Args... args) {
        if constexpr (std::is_void_v<R>)
            static_cast<void>(std::invoke(target<F>(buffer), std::forward<Args>(args)...));
        else
            return std::invoke(target<F>(buffer), std::forward<Args>(args)...);
    }

    template <class F>
    static void move(std::byte* from, std::byte* to) noexcept {
        ::new (static_cast<void*>(to)) F(std::move(target<F>(from)));
        target<F>(from).~F();
    }

    template <class F>
    static void destroy(std::byte* buffer) {
        if constexpr (fits<F>)
            target<F>(buffer).~F();
        else
            delete &target<F>(buffer);
    }

    template <class F>
    static constexpr Ops make_ops() noexcept {
        Ops ops{&call<F>, nullptr, nullptr, &typeid(F), fits<F> ? sizeof(F) : sizeof(F*)};
        if constexpr (requires { typename F::reported_type; }) ops.type = &typeid(typename F::reported_type);
        if constexpr (fits<F> && !std::is_trivially_copyable_v<F>) ops.move = &move<F>;
        if constexpr (!fits<F> || !std::is_trivially_destructible_v<F>) ops.destroy = &destroy<F>;
        return ops;
    }

    template <class F>
    static constexpr Ops ops_of = make_ops<F>();

    void steal(UniqueFunction& other) noexcept {
        ops_ = std::exchange(other.ops_, nullptr);
        if (!ops_) return;
        if (ops_->move)
            ops_->move(other.buffer_, buffer_);
        else
            copy_words(other);
    }

    /// Word by word, as closures are written: a wider load would wait for that.
    void copy_words(const UniqueFunction& other) noexcept {
        for (std::size_t at = 0; at < ops_->size; at += sizeof(void*))
            std::memcpy(buffer_ + at, other.buffer_ + at, sizeof(void*));
    }

    const Ops* ops_ = nullptr;
    alignas(void*) std::byte buffer_[capacity];
};

/// A callback that takes nothing.
using Callback = UniqueFunction<void()>;

}  // namespace aio::detail
