// context.h - variables that have their own value in each task
#pragma once

#include "aio/detail/annotations.h"
#include "aio/detail/context_state.h"

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace aio {

template <class T>
    requires std::copy_constructible<T>
class ContextVar;

namespace detail {

[[nodiscard]] std::uint64_t next_variable_number() noexcept;
[[noreturn]] void throw_variable_unset(const std::string& name);
[[noreturn]] void throw_token_misused(const std::string& name, bool used, const char* why);

template <class T>
const T* value_in(const ContextMap& values, std::uint64_t variable) noexcept {
    const ContextMap::Value* found = values.find(variable);
    return found ? static_cast<const T*>(found->get()) : nullptr;
}

}  // namespace detail

/// Undoes one ContextVar::set(); see ContextVar::reset().
template <class T>
class Token {
public:
    Token(Token&&) noexcept = default;
    Token& operator=(Token&&) noexcept = default;

    /// The value before the set(); empty when there was none.
    [[nodiscard]] const std::optional<T>& old_value() const noexcept { return old_value_; }

private:
    friend class ContextVar<T>;
    Token(std::uint64_t variable, std::optional<T> old_value, detail::ContextSlot context)
        : variable_(variable), old_value_(std::move(old_value)), context_(std::move(context)) {}

    std::uint64_t variable_;
    std::optional<T> old_value_;
    detail::ContextSlot context_;
    bool used_ = false;
};

/// A variable with one value in each context; mostly a global object.
///
/// Any thread may use it; a value is seen only in the context in which it was
/// set and in copies made of that context later. \p T must be copyable.
template <class T>
    requires std::copy_constructible<T>
class ContextVar {
public:
    /// A variable without a default; \p name is for reports.
    explicit ContextVar(std::string name) : name_(std::move(name)) {}
    /// A variable that has \p default_value where it was not set.
    ContextVar(std::string name, T default_value) : name_(std::move(name)), default_(std::move(default_value)) {}
    ContextVar(const ContextVar&) = delete;
    ContextVar& operator=(const ContextVar&) = delete;

    /// The name given at construction.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The value in the current context, or the default of the variable.
    ///
    /// Throws LookupError when there is neither.
    [[nodiscard]] T get() const {
        if (const T* value = current()) return *value;
        if (!default_) detail::throw_variable_unset(name_);
        return *default_;
    }

    /// The value in the current context, or \p fallback.
    [[nodiscard]] T get(T fallback) const {
        if (const T* value = current()) return *value;
        return fallback;
    }

    /// Sets the value in the current context; reset() takes the token to undo it.
    Token<T> set(T value) const {
        detail::ContextState& context = detail::current_context();
        std::optional<T> old_value;
        if (const T* old = current()) old_value.emplace(*old);
        context.values = context.values.with(number_, std::make_shared<const T>(std::move(value)));
        return Token<T>(number_, std::move(old_value), detail::ContextSlot(&context));
    }

    /// Gives the variable back the value that it had before the set().
    ///
    /// Throws RuntimeError when \p token was used before, and ValueError when it
    /// comes from another variable or another context.
    void reset(Token<T>& token) const {
        if (token.used_) detail::throw_token_misused(name_, true, " has already been used once");
        if (token.variable_ != number_)
            detail::throw_token_misused(name_, false, " was created by a different ContextVar");
        detail::ContextState& context = detail::current_context();
        if (token.context_.get() != &context)
            detail::throw_token_misused(name_, false, " was created in a different Context");
        token.used_ = true;
        context.values = token.old_value_ ? context.values.with(number_, std::make_shared<const T>(*token.old_value_))
                                          : context.values.without(number_);
    }
    void reset(Token<T>&& token) const { reset(token); }

private:
    friend class Context;

    [[nodiscard]] const T* current() const noexcept {
        const detail::ContextSlot& context = detail::current_slot();
        return context ? detail::value_in<T>(context->values, number_) : nullptr;
    }

    const std::uint64_t number_ = detail::next_variable_number();
    const std::string name_;
    const std::optional<T> default_;
};

/// The values of all context variables, as one piece of code sees them.
///
/// A handle: copies refer to the same context; copy() makes another one, in
/// constant time. One thread at a time may use a context.
class Context {
public:
    /// A new context in which no variable is set.
    Context() : state_(new detail::ContextState) {}
    explicit Context(detail::ContextSlot state) noexcept : state_(std::move(state)) {}
    // No move: a handle always has a context.
    Context(const Context&) = default;
    Context& operator=(const Context&) = default;
    ~Context() = default;

    /// Calls \p f with \p args in this context and returns what it returns.
    ///
    /// What it sets stays in this context. Throws RuntimeError when code runs in
    /// this context already. A coroutine that \p f makes runs in the context of
    /// the task that awaits it, not in this one.
    template <class F, class... Args>
    AIO_ANY_THREAD std::invoke_result_t<F, Args...> run(F&& f, Args&&... args) {
        detail::ContextSlot slot = state_;
        const detail::ContextScope scope(slot);
        if (!scope.entered()) detail::throw_already_entered();
        return std::invoke(std::forward<F>(f), std::forward<Args>(args)...);
    }

    /// The value of \p var here; empty when it is not set. Defaults do not count.
    template <class T>
    [[nodiscard]] std::optional<T> get(const ContextVar<T>& var) const {
        const T* value = detail::value_in<T>(state_->values, var.number_);
        return value ? std::optional<T>(*value) : std::nullopt;
    }
    /// The value of \p var here, or \p fallback.
    template <class T>
    [[nodiscard]] T get(const ContextVar<T>& var, std::type_identity_t<T> fallback) const {
        const T* value = detail::value_in<T>(state_->values, var.number_);
        return value ? *value : fallback;
    }

    /// True when \p var is set here.
    template <class T>
    [[nodiscard]] bool contains(const ContextVar<T>& var) const noexcept {
        return state_->values.find(var.number_) != nullptr;
    }

    /// How many variables are set here.
    [[nodiscard]] std::size_t size() const noexcept { return state_->values.size(); }

    /// Another context with the same values.
    [[nodiscard]] Context copy() const {
        return Context(detail::ContextSlot(new detail::ContextState(state_->values)));
    }

    /// True when both handles refer to the same context.
    friend bool operator==(const Context& a, const Context& b) noexcept { return a.state_ == b.state_; }

    /// For the other headers of aio.
    [[nodiscard]] const detail::ContextSlot& state() const noexcept { return state_; }

private:
    detail::ContextSlot state_;
};

/// A copy of the current context, in constant time. Any thread.
[[nodiscard]] Context copy_context();

namespace detail {

/// The context that was asked for, or a copy of the current one.
[[nodiscard]] inline ContextSlot context_or_copy(const std::optional<Context>& context) {
    return context ? context->state() : inherit_context();
}

}  // namespace detail
}  // namespace aio
