// chrome_trace.cpp - a trace for Perfetto and chrome://tracing
#include "aio/chrome_trace.h"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>

namespace aio {

namespace {

/// The lane of the loop itself; tasks begin at 1.
constexpr std::uint64_t loop_lane = 0;

/// \p text as a JSON string, quotes included. Bytes that are not ASCII pass if
/// they are UTF-8; names of C++ are.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char code[8];
            std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += code;
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string microseconds(double time) {
    char text[40];
    std::snprintf(text, sizeof text, "%.3f", time);
    return text;
}

/// Every event has these members.
std::string event_head(const char* phase, std::string_view name, std::uint64_t lane) {
    return std::string("{\"ph\":\"") + phase + "\",\"name\":" + quoted(name) +
           ",\"cat\":\"aio\",\"pid\":" + std::to_string(::getpid()) + ",\"tid\":" + std::to_string(lane);
}

}  // namespace

/// A JSON array that is closed after every write; the next one overwrites the
/// closing bracket.
class ChromeTrace::File {
public:
    explicit File(const std::string& path) : fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
        if (fd_ < 0) throw std::system_error(errno, std::generic_category(), path);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { ::close(fd_); }

    void add(std::string_view event) {
        buffer_ += first_ ? "[\n" : ",\n";
        buffer_ += event;
        first_ = false;
    }
    [[nodiscard]] bool is_full() const noexcept { return buffer_.size() > 64 * 1024; }

    void flush() {
        if (buffer_.empty()) return;
        const std::size_t size = buffer_.size();
        buffer_ += closing;
        const int error = write(buffer_);
        buffer_.clear();
        if (error != 0) {
            drop_torn_events();
            throw std::system_error(error, std::generic_category(), "trace file");
        }
        end_ += static_cast<off_t>(size);
    }

private:
    static constexpr std::string_view closing = "\n]\n";

    /// Without room for all of them, some events may be there in part.
    void drop_torn_events() const noexcept {
        static_cast<void>(write(closing));
        // Fails only if the file does, and then nothing can be done.
        [[maybe_unused]] const int cut = ::ftruncate(fd_, end_ + static_cast<off_t>(closing.size()));
    }

    /// Writes from `end_` on; returns an error number or zero.
    [[nodiscard]] int write(std::string_view text) const noexcept {
        std::size_t done = 0;
        while (done < text.size()) {
            const ssize_t count =
                ::pwrite(fd_, text.data() + done, text.size() - done, end_ + static_cast<off_t>(done));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return count < 0 ? errno : EIO;
            done += static_cast<std::size_t>(count);
        }
        return 0;
    }

    int fd_;
    off_t end_ = 0;  // where the closing bracket stands
    bool first_ = true;
    std::string buffer_;
};

ChromeTrace::ChromeTrace(const std::string& path) : file_(std::make_unique<File>(path)) {
    origin_ = now();
    add(event_head("M", "process_name", loop_lane) + ",\"args\":{\"name\":\"aio\"}}");
    add(event_head("M", "thread_name", loop_lane) + ",\"args\":{\"name\":\"loop\"}}");
    flush();
}

ChromeTrace::~ChromeTrace() {
    end_loop_slices();
    write_out();
}

void ChromeTrace::flush() { file_->flush(); }

double ChromeTrace::now() const noexcept {
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now().time_since_epoch();
    return time.count() - origin_;
}

void ChromeTrace::add(std::string_view event) {
    file_->add(event);
    if (file_->is_full()) write_out();
}

void ChromeTrace::write_out() noexcept {
    try {
        flush();
    } catch (const std::system_error&) {
        // A full disk must not end the program that is traced.
    }
}

void ChromeTrace::add_slice(std::string_view name, std::uint64_t lane, double start, std::string_view detail) {
    std::string event =
        event_head("X", name, lane) + ",\"ts\":" + microseconds(start) + ",\"dur\":" + microseconds(now() - start);
    if (!detail.empty()) event += ",\"args\":{\"then\":" + quoted(detail) + "}";
    add(event + "}");
}

void ChromeTrace::add_mark(const char* phase, std::string_view name, std::uint64_t lane, std::string_view more) {
    add(event_head(phase, name, lane) + ",\"ts\":" + microseconds(now()) + std::string(more) + "}");
}

ChromeTrace::Lane& ChromeTrace::lane_of(const TaskBase& task) {
    Lane& lane = lanes_[task.state().get()];
    if (lane.number == 0) {
        lane.number = ++last_lane_;
        add(event_head("M", "thread_name", lane.number) +
            ",\"args\":{\"name\":" + quoted(task.name() + " " + std::string(task.coroutine()) + "()") + "}}");
    }
    return lane;
}

std::uint64_t ChromeTrace::current_lane() {
    const TaskBase task = current_task();
    return task ? lane_of(task).number : loop_lane;
}

void ChromeTrace::on_task_create(const TaskBase& task) { static_cast<void>(lane_of(task)); }

void ChromeTrace::on_step_begin(const TaskBase& task) {
    Lane& lane = lane_of(task);
    lane.step_start = now();
    lane.ended_by.clear();
    if (lane.arrow == 0) return;
    add_mark("f", "wake", lane.number, ",\"bp\":\"e\",\"id\":" + std::to_string(lane.arrow));
    lane.arrow = 0;
}

void ChromeTrace::on_step_end(const TaskBase& task) {
    const Lane& lane = lane_of(task);
    add_slice(task.coroutine(), lane.number, lane.step_start, lane.ended_by);
    // Its address may soon belong to another task.
    if (task.done()) lanes_.erase(task.state().get());
}

void ChromeTrace::on_suspend(const TaskBase& task, const Awaiting& awaiting) {
    lane_of(task).ended_by = "waits for " + (awaiting.task ? awaiting.task.name() : std::string(awaiting.what));
}

void ChromeTrace::on_wake(const TaskBase& task) {
    Lane& lane = lane_of(task);
    lane.arrow = ++last_arrow_;
    add_mark("s", "wake", current_lane(), ",\"id\":" + std::to_string(last_arrow_));
}

void ChromeTrace::on_cancel(const TaskBase& task) { add_mark("i", "cancel", lane_of(task).number, ",\"s\":\"t\""); }

void ChromeTrace::on_task_done(const TaskBase& task) {
    std::string end = "done";
    if (task.cancelled())
        end = "cancelled";
    else if (task.state()->error())
        end = "failed";
    lane_of(task).ended_by = std::move(end);
}

void ChromeTrace::on_handle_run_begin(std::string_view) { callback_start_ = now(); }

void ChromeTrace::on_handle_run_end(std::string_view callback) { add_slice(callback, loop_lane, callback_start_); }

void ChromeTrace::end_loop_slices() {
    if (iteration_start_ >= 0) add_slice("iteration", loop_lane, iteration_start_);
    if (select_start_ >= 0) add_slice("select", loop_lane, select_start_);
    iteration_start_ = select_start_ = -1;
}

void ChromeTrace::on_iteration(std::size_t ready) {
    end_loop_slices();
    iteration_start_ = now();
    add_mark("C", "ready", loop_lane, ",\"args\":{\"callbacks\":" + std::to_string(ready) + "}");
}

void ChromeTrace::on_select(Seconds) {
    end_loop_slices();
    select_start_ = now();
    write_out();
}

void ChromeTrace::on_run_end() {
    end_loop_slices();
    write_out();
}

}  // namespace aio
