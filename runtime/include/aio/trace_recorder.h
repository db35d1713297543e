// trace_recorder.h - a trace as lines of text, for tests
#pragma once

#include "aio/tracer.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace aio {

/// Writes what a loop does as lines of text. Equal runs give equal lines.
///
///     0 create T2:fetch by T1:main
///     0 wake T2:fetch
///     0 begin T2:fetch
///     0 suspend T2:fetch for sleep
///     0 end T2:fetch
///     1.5 cancel T2:fetch by T1:main
///     1.5 done T2:fetch cancelled
///
/// A task goes by the name it was given, or by T, a number in the order in which
/// the recorder meets tasks, and its coroutine. The time stands in front only
/// when the loop has a virtual clock; sleeps of a real loop are left out.
class TraceRecorder final : public Tracer {
public:
    /// The lines so far, without line feeds.
    [[nodiscard]] const std::vector<std::string>& lines() const noexcept { return lines_; }

    /// All lines, each with a line feed.
    [[nodiscard]] std::string text() const;

    /// Forgets the lines, but not the numbers of the tasks.
    void clear() noexcept { lines_.clear(); }

    void on_task_create(const TaskBase& task) override;
    void on_step_begin(const TaskBase& task) override;
    void on_step_end(const TaskBase& task) override;
    void on_suspend(const TaskBase& task, const Awaiting& awaiting) override;
    void on_wake(const TaskBase& task) override;
    void on_cancel(const TaskBase& task) override;
    void on_task_done(const TaskBase& task) override;
    void on_handle_run_begin(std::string_view callback) override;
    void on_handle_run_end(std::string_view callback) override;
    void on_iteration(std::size_t ready) override;

private:
    void add(std::string line);
    [[nodiscard]] std::string label(const TaskBase& task);
    [[nodiscard]] std::string by_whom();

    std::vector<std::string> lines_;
    std::unordered_map<const detail::FutureState*, std::string> labels_;
    std::uint64_t met_ = 0;
};

}  // namespace aio
