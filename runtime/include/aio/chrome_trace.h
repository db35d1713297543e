// chrome_trace.h - a trace for Perfetto and chrome://tracing
#pragma once

#include "aio/tracer.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace aio {

/// Writes what a loop does as a file of trace events in JSON, which
/// https://ui.perfetto.dev and chrome://tracing show.
///
/// The loop has a lane with its iterations, callbacks and sleeps, and each task
/// has a lane with its steps. Arrows lead from what wakes a task to its next
/// step; marks show cancellations; a counter shows the length of the ready queue.
/// Times are real ones, in microseconds since the trace began, whatever clock
/// the loop has.
///
///     aio::ChromeTrace trace("trace.json");
///     aio::run(amain(), {.tracer = &trace});
///
/// The file is written when the loop sleeps, when a run ends, also by an
/// exception, and when many events have gathered; after each time it is valid
/// JSON with all events. A program that is killed loses those since, and one that
/// is killed while it writes may leave an array without an end, which both
/// viewers show. Events that the disk has no room for are missing.
class ChromeTrace final : public Tracer {
public:
    /// Creates or empties the file \p path; throws std::system_error.
    explicit ChromeTrace(const std::string& path);
    /// Writes the rest and closes the file. Errors are ignored: see flush().
    ~ChromeTrace() override;

    /// Writes all events so far; throws std::system_error when it cannot.
    void flush();

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
    void on_select(Seconds wait) override;
    void on_run_end() override;

private:
    class File;

    struct Lane {
        std::uint64_t number = 0;
        std::uint64_t arrow = 0;  // from the last wake; 0: none
        double step_start = 0;
        std::string ended_by;  // what the step led to, such as "sleep"
    };

    [[nodiscard]] double now() const noexcept;
    [[nodiscard]] Lane& lane_of(const TaskBase& task);
    [[nodiscard]] std::uint64_t current_lane();
    void add(std::string_view event);
    void add_slice(std::string_view name, std::uint64_t lane, double start, std::string_view detail = {});
    void add_mark(const char* phase, std::string_view name, std::uint64_t lane, std::string_view more);
    void end_loop_slices();
    void write_out() noexcept;

    std::unique_ptr<File> file_;
    std::unordered_map<const detail::FutureState*, Lane> lanes_;
    std::uint64_t last_lane_ = 0;
    std::uint64_t last_arrow_ = 0;
    double origin_ = 0;
    double callback_start_ = 0;
    double iteration_start_ = -1;  // negative: none is running
    double select_start_ = -1;
};

}  // namespace aio
