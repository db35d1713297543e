// context_map.h - the values of context variables, shared by copies
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace aio::detail {

/// An immutable map from variables to values.
///
/// Copying takes constant time. Setting a value makes a new map in O(log n),
/// which shares all else with the old one. Any thread may read and copy a map
/// that no other thread assigns to.
class ContextMap {
public:
    using Value = std::shared_ptr<const void>;

    /// The value of \p variable, or null.
    [[nodiscard]] const Value* find(std::uint64_t variable) const noexcept;
    [[nodiscard]] ContextMap with(std::uint64_t variable, Value value) const;
    [[nodiscard]] ContextMap without(std::uint64_t variable) const;

    [[nodiscard]] bool empty() const noexcept { return !root_; }
    [[nodiscard]] std::size_t size() const noexcept;

private:
    struct Node;
    using Tree = std::shared_ptr<const Node>;

    static Tree join(const Node& at, Tree left, Tree right);
    static Tree insert(const Tree& tree, std::uint64_t variable, Value value);
    static Tree erase(const Tree& tree, std::uint64_t variable);
    static Tree merge(const Tree& left, const Tree& right);

    Tree root_;
};

}  // namespace aio::detail
