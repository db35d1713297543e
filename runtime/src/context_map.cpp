// context_map.cpp - the values of context variables, shared by copies
#include "aio/detail/context_map.h"

#include <utility>

namespace aio::detail {

namespace {

/// Scatters consecutive numbers, so that the tree is balanced by chance.
std::uint64_t priority(std::uint64_t variable) noexcept {
    std::uint64_t mixed = variable + 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
}

}  // namespace

/// A treap: ordered by variable, and by priority from the root down.
struct ContextMap::Node {
    std::uint64_t variable;
    Value value;
    Tree left;
    Tree right;
    std::size_t size = 1 + (left ? left->size : 0) + (right ? right->size : 0);
};

const ContextMap::Value* ContextMap::find(std::uint64_t variable) const noexcept {
    const Node* node = root_.get();
    while (node && node->variable != variable) node = (variable < node->variable ? node->left : node->right).get();
    return node ? &node->value : nullptr;
}

std::size_t ContextMap::size() const noexcept { return root_ ? root_->size : 0; }

ContextMap ContextMap::with(std::uint64_t variable, Value value) const {
    ContextMap map;
    map.root_ = insert(root_, variable, std::move(value));
    return map;
}

ContextMap ContextMap::without(std::uint64_t variable) const {
    if (!find(variable)) return *this;
    ContextMap map;
    map.root_ = erase(root_, variable);
    return map;
}

ContextMap::Tree ContextMap::join(const Node& at, Tree left, Tree right) {
    return std::make_shared<const Node>(Node{at.variable, at.value, std::move(left), std::move(right)});
}

ContextMap::Tree ContextMap::insert(const Tree& tree, std::uint64_t variable, Value value) {
    if (!tree) return std::make_shared<const Node>(Node{variable, std::move(value), nullptr, nullptr});
    if (variable == tree->variable)
        return std::make_shared<const Node>(Node{variable, std::move(value), tree->left, tree->right});
    const bool goes_left = variable < tree->variable;
    Tree child = insert(goes_left ? tree->left : tree->right, variable, std::move(value));
    if (priority(child->variable) <= priority(tree->variable))
        return goes_left ? join(*tree, std::move(child), tree->right) : join(*tree, tree->left, std::move(child));
    if (goes_left) return join(*child, child->left, join(*tree, child->right, tree->right));
    return join(*child, join(*tree, tree->left, child->left), child->right);
}

ContextMap::Tree ContextMap::erase(const Tree& tree, std::uint64_t variable) {
    if (variable == tree->variable) return merge(tree->left, tree->right);
    if (variable < tree->variable) return join(*tree, erase(tree->left, variable), tree->right);
    return join(*tree, tree->left, erase(tree->right, variable));
}

ContextMap::Tree ContextMap::merge(const Tree& left, const Tree& right) {
    if (!left) return right;
    if (!right) return left;
    if (priority(left->variable) > priority(right->variable)) return join(*left, left->left, merge(left->right, right));
    return join(*right, merge(left, right->left), right->right);
}

}  // namespace aio::detail
