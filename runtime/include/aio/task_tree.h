// task_tree.h - who created whom, and what each waits for
#pragma once

#include "aio/tracer.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <unordered_map>

namespace aio {

/// Lists the unfinished tasks of a loop as `ps` lists processes: each below the
/// task that created it, with its coroutines and what the innermost waits for.
///
///     Task-1 main > gather_pages: waits for gather
///       Task-2 fetch > read: waits for sleep
///       worker serve: waits for Task-2
///     Task-5 log: ready
///
/// The children of a task that is done move up to its own creator. Tasks that
/// were there before the tracer was set stand at the left. Read it on the loop's
/// thread, or from another one with call_soon_threadsafe().
class TaskTree final : public Tracer {
public:
    /// The lines, each with a line feed; empty without a loop or tasks.
    [[nodiscard]] std::string text() const;
    /// Writes text() to \p file.
    void print(std::FILE* file = stderr) const;

    void on_task_create(const TaskBase& task) override;
    void on_task_done(const TaskBase& task) override;

private:
    /// A task, kept while it or something that it created is unfinished.
    struct Node {
        std::uint64_t creator = 0;  // 0: no task
        std::size_t children = 0;
        bool done = false;
    };

    std::uint64_t number_of(const TaskBase& task);
    /// The nearest unfinished ancestor, or 0.
    [[nodiscard]] std::uint64_t parent_of(std::uint64_t number) const;
    void forget(std::uint64_t number);

    std::unordered_map<const detail::FutureState*, std::uint64_t> numbers_;  // of unfinished tasks
    std::unordered_map<std::uint64_t, Node> nodes_;
    std::uint64_t last_ = 0;
};

}  // namespace aio
