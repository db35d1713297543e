// task_tree.cpp - who created whom, and what each waits for
#include "aio/task_tree.h"

#include <utility>
#include <vector>

namespace aio {

namespace {

std::string line_of(const detail::TaskCore& task) {
    std::string text = task.name();
    const auto coroutines = task.coroutines();
    for (std::size_t i = 0; i < coroutines.size(); ++i) text += (i == 0 ? " " : " > ") + coroutines[i].name;
    return text + ": " + task.activity();
}

/// Lines of tasks and their children, in order of creation.
class Forest {
public:
    void add(std::uint64_t parent, std::uint64_t number, std::string line) {
        children_[parent].push_back({number, std::move(line)});
    }

    /// Depth first; with a stack of its own, because chains may be long.
    [[nodiscard]] std::string text() const {
        std::string text;
        std::vector<std::pair<const Entry*, std::size_t>> left;
        push_children(0, 0, left);
        while (!left.empty()) {
            const auto [entry, depth] = left.back();
            left.pop_back();
            text += std::string(2 * depth, ' ') + entry->line + "\n";
            push_children(entry->number, depth + 1, left);
        }
        return text;
    }

private:
    struct Entry {
        std::uint64_t number;  // 0: its creation was not seen, and it has no children
        std::string line;
    };

    void push_children(std::uint64_t parent, std::size_t depth,
                       std::vector<std::pair<const Entry*, std::size_t>>& left) const {
        const auto found = children_.find(parent);
        if (found == children_.end() || (parent == 0 && depth > 0)) return;
        const auto& entries = found->second;
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) left.emplace_back(&*entry, depth);
    }

    std::unordered_map<std::uint64_t, std::vector<Entry>> children_;
};

}  // namespace

std::string TaskTree::text() const {
    if (!observed()) return {};
    Forest forest;
    for (const auto& task : observed()->unfinished_tasks()) {
        const auto known = numbers_.find(task.get());
        const std::uint64_t number = known == numbers_.end() ? 0 : known->second;
        forest.add(parent_of(number), number, line_of(*task));
    }
    return forest.text();
}

void TaskTree::print(std::FILE* file) const { std::fputs(text().c_str(), file); }

std::uint64_t TaskTree::number_of(const TaskBase& task) {
    std::uint64_t& number = numbers_[task.state().get()];
    if (number == 0) nodes_[number = ++last_] = {};
    return number;
}

std::uint64_t TaskTree::parent_of(std::uint64_t number) const {
    while (true) {
        const auto node = nodes_.find(number);
        if (node == nodes_.end()) return 0;
        number = node->second.creator;
        const auto creator = nodes_.find(number);
        if (creator == nodes_.end() || !creator->second.done) return number;
    }
}

void TaskTree::on_task_create(const TaskBase& task) {
    const std::uint64_t number = number_of(task);
    const TaskBase creator = current_task();
    if (!creator) return;
    const std::uint64_t creator_number = number_of(creator);
    nodes_[number].creator = creator_number;
    ++nodes_[creator_number].children;
}

void TaskTree::on_task_done(const TaskBase& task) {
    const auto known = numbers_.find(task.state().get());
    if (known == numbers_.end()) return;
    const std::uint64_t number = known->second;
    numbers_.erase(known);
    nodes_[number].done = true;
    forget(number);
}

void TaskTree::forget(std::uint64_t number) {
    while (number != 0) {
        const auto node = nodes_.find(number);
        if (!node->second.done || node->second.children > 0) return;
        number = node->second.creator;
        nodes_.erase(node);
        if (number != 0) --nodes_[number].children;
    }
}

}  // namespace aio
