// serialize.h - turns values into bytes for another process
#pragma once

#include "aio/errors.h"

#include <array>
#include <bit>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace aio {

class Saver;
class Loader;

namespace detail {

/// Types that only point to what another process does not have.
template <class T>
inline constexpr bool borrows =
    std::is_pointer_v<T> || std::is_member_pointer_v<T> || std::is_reference_v<T> || std::is_null_pointer_v<T>;
template <class C, class Traits>
inline constexpr bool borrows<std::basic_string_view<C, Traits>> = true;
template <class T, std::size_t N>
inline constexpr bool borrows<std::span<T, N>> = true;
template <class T>
inline constexpr bool borrows<std::reference_wrapper<T>> = true;
template <class P>
inline constexpr bool borrows<std::coroutine_handle<P>> = true;

/// The type itself says how it travels.
template <class T>
concept SavesItself = requires(Saver& out, Loader& in, const T& saved, T& loaded) {
    aio_save(out, saved);
    aio_load(in, loaded);
};

/// Its bytes are its value.
template <class T>
concept PlainBytes = !borrows<T> && std::is_object_v<T> && !std::is_array_v<T> && std::is_trivially_copyable_v<T> &&
                     std::is_copy_constructible_v<T>;

/// A container that owns its elements and can be filled at its end.
template <class T>
concept OwningContainer =
    std::default_initializable<T> && requires(T& all, const T& filled, typename T::value_type one) {
        filled.begin() != filled.end();
        filled.size();
        all.insert(all.end(), std::move(one));
    };

template <class T>
struct LoadedElement {
    using type = T;
};
/// The elements of a map, with a key that can be filled in.
template <class K, class V>
struct LoadedElement<std::pair<const K, V>> {
    using type = std::pair<K, V>;
};
template <class T>
using LoadedElementOf = typename LoadedElement<typename T::value_type>::type;

template <class T>
inline constexpr bool is_serializable = SavesItself<T> || PlainBytes<T>;
template <class T>
    requires(OwningContainer<T> && !SavesItself<T>)
inline constexpr bool is_serializable<T> = is_serializable<LoadedElementOf<T>>;
template <class T>
inline constexpr bool is_serializable<const T> = is_serializable<T>;
template <class A, class B>
inline constexpr bool is_serializable<std::pair<A, B>> = is_serializable<A> && is_serializable<B>;
template <class... T>
inline constexpr bool is_serializable<std::tuple<T...>> = (is_serializable<T> && ...);
template <class T>
inline constexpr bool is_serializable<std::optional<T>> = is_serializable<T>;
template <class T, std::size_t N>
inline constexpr bool is_serializable<std::array<T, N>> = is_serializable<T>;

/// A container whose elements lie side by side as plain bytes.
template <class T>
concept PlainBlock = OwningContainer<T> && std::contiguous_iterator<typename T::iterator> &&
                     PlainBytes<typename T::value_type> && !SavesItself<typename T::value_type> &&
                     std::default_initializable<typename T::value_type> && requires(T& all) { all.resize(0U); };

}  // namespace detail

/// A value that can travel to another process and back.
///
/// Trivially copyable types, strings, the standard containers, pair, tuple,
/// optional and array of such, and classes with these two functions beside them:
///
///     void aio_save(aio::Saver& out, const Order& order) { out(order.name, order.amounts); }
///     void aio_load(aio::Loader& in, Order& order) { in(order.name, order.amounts); }
///
/// Pointers, references and views are refused. A trivially copyable class that
/// holds a pointer cannot be told from others: its pointer arrives worthless.
template <class T>
concept Serializable = detail::is_serializable<T>;

/// Collects values as bytes.
class Saver {
public:
    /// Appends \p values in order.
    template <class... T>
    void operator()(const T&... values) {
        (save(values), ...);
    }

    /// What was collected.
    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

private:
    template <class T>
    void save(const T& value) {
        static_assert(Serializable<T>, "only Serializable values can travel to another process");
        if constexpr (detail::SavesItself<T>)
            aio_save(*this, value);
        else if constexpr (detail::PlainBlock<T>)
            save_block(value);
        else if constexpr (detail::OwningContainer<T>)
            save_elements(value);
        else
            save_parts(value);
    }
    template <class T>
    void save_block(const T& block) {
        save(static_cast<std::uint64_t>(block.size()));
        append(block.data(), block.size() * sizeof(typename T::value_type));
    }
    template <class T>
    void save_elements(const T& all) {
        save(static_cast<std::uint64_t>(all.size()));
        for (const typename T::value_type& one : all) save(one);
    }
    template <class A, class B>
    void save_parts(const std::pair<A, B>& value) {
        (*this)(value.first, value.second);
    }
    template <class... T>
    void save_parts(const std::tuple<T...>& value) {
        std::apply([this](const auto&... parts) { (*this)(parts...); }, value);
    }
    template <class T, std::size_t N>
    void save_parts(const std::array<T, N>& value) {
        for (const T& part : value) save(part);
    }
    template <class T>
    void save_parts(const std::optional<T>& value) {
        save(value.has_value());
        if (value) save(*value);
    }
    template <class T>
    void save_parts(const T& value) {
        append(&value, sizeof value);
    }
    void append(const void* bytes, std::size_t size) { bytes_.append(static_cast<const char*>(bytes), size); }

    std::string bytes_;
};

/// Reads back what a Saver has collected, in the same order.
///
/// Throws ValueError when more is read than was saved.
class Loader {
public:
    /// \p bytes must outlive the loader.
    explicit Loader(std::string_view bytes) noexcept : left_(bytes) {}

    /// Fills \p values in order.
    template <class... T>
    void operator()(T&... values) {
        ((values = load<T>()), ...);
    }

    /// The next value.
    template <class T>
    T load() {
        static_assert(Serializable<T>, "only Serializable values can travel to another process");
        if constexpr (detail::SavesItself<T>)
            return load_itself<T>();
        else if constexpr (detail::PlainBlock<T>)
            return load_block<T>();
        else if constexpr (detail::OwningContainer<T>)
            return load_elements<T>();
        else
            return load_parts(std::type_identity<T>());
    }

private:
    template <class T>
    T load_itself() {
        static_assert(std::default_initializable<T>, "aio_load() fills a default-constructed object");
        T value{};
        aio_load(*this, value);
        return value;
    }
    template <class T>
    T load_block() {
        using Element = typename T::value_type;
        const auto count = load<std::uint64_t>();
        if (count > left_.size() / sizeof(Element)) fail();
        T all;
        all.resize(count);
        if (count > 0) std::memcpy(all.data(), take(count * sizeof(Element)), count * sizeof(Element));
        return all;
    }
    template <class T>
    T load_elements() {
        T all;
        for (auto count = load<std::uint64_t>(); count > 0; --count)
            all.insert(all.end(), load<detail::LoadedElementOf<T>>());
        return all;
    }
    template <class A, class B>
    std::pair<A, B> load_parts(std::type_identity<std::pair<A, B>>) {
        return std::pair<A, B>{load<A>(), load<B>()};
    }
    // Braces: the elements are evaluated from left to right.
    template <class... T>
    std::tuple<T...> load_parts(std::type_identity<std::tuple<T...>>) {
        return std::tuple<T...>{load<T>()...};
    }
    template <class T, std::size_t N>
    std::array<T, N> load_parts(std::type_identity<std::array<T, N>>) {
        return [this]<std::size_t... I>(std::index_sequence<I...>) {
            return std::array<T, N>{(static_cast<void>(I), load<T>())...};
        }(std::make_index_sequence<N>());
    }
    template <class T>
    std::optional<T> load_parts(std::type_identity<std::optional<T>>) {
        if (!load<bool>()) return std::nullopt;
        return load<T>();
    }
    template <class T>
    T load_parts(std::type_identity<T>) {
        std::array<std::byte, sizeof(T)> bytes;
        std::memcpy(bytes.data(), take(sizeof(T)), sizeof(T));
        return std::bit_cast<T>(bytes);
    }
    const char* take(std::size_t size) {
        if (size > left_.size()) fail();
        const char* begin = left_.data();
        left_.remove_prefix(size);
        return begin;
    }
    [[noreturn]] static void fail() { throw ValueError("a value is shorter than what is read from it"); }

    std::string_view left_;
};

}  // namespace aio
