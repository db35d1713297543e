// subprocess.h - child processes, and streams to talk to them
#pragma once

#include "aio/detail/spawn.h"
#include "aio/process_lookup_error.h"
#include "aio/stream_reader.h"
#include "aio/stream_writer.h"
#include "aio/task.h"

#include <concepts>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aio {

namespace detail {
class ChildProcess;
}

/// What becomes of a child's standard streams, and where it runs.
///
/// Each stream is one of subprocess::INHERIT, PIPE, DEVNULL and, for stderr
/// only, STDOUT; or the number of a descriptor of this process, which the child
/// gets a copy of.
struct SubprocessOpts {
    /// Where the child reads from.
    detail::Redirect stdin = {};
    /// Where the child's output goes.
    detail::Redirect stdout = {};
    /// Where the child's error output goes.
    detail::Redirect stderr = {};
    /// The child's working directory; empty: that of this process. Copied at once.
    std::string_view cwd = {};
    /// The child's environment; null: that of this process. Copied at once.
    const std::map<std::string, std::string>* env = nullptr;
    /// How many bytes a StreamReader of the child buffers; see StreamOpts.
    std::size_t limit = 64 * 1024;
    /// Runs the child in a session and process group of its own.
    bool start_new_session = false;
};

/// A child process. Handles are cheap to copy; all refer to the same child.
///
/// Dropping them neither ends the child nor leaves a zombie: the loop, and after
/// it a thread, waits until the child has ended. Pipes stay open as long as a
/// handle or the child lives. Belongs to the loop that started the child.
class Process {
public:
    /// Refers to no process: nothing but assigning is allowed.
    Process() = default;
    explicit Process(std::shared_ptr<detail::ChildProcess> child) noexcept : child_(std::move(child)) {}

    /// The child's process id, valid as long as returncode() is empty.
    [[nodiscard]] int pid() const noexcept;

    /// The exit status; minus the number of the signal that ended the child;
    /// empty while it runs. 255 when other code has reaped the child.
    [[nodiscard]] std::optional<int> returncode() const noexcept;

    /// Waits until the child has ended and gives returncode().
    ///
    /// With pipes that nobody reads, the child may block and never end: use
    /// communicate(). Pipes that a grandchild holds open do not matter.
    ///
    /// Suspends:  unless the loop knows the end of the child already.
    /// Resumes:   from the loop, after what the child wrote was read, in the order
    ///            in which the waiters began to wait.
    /// Cancelled: throws CancelledError; the child goes on.
    /// Lifetime:  needs nothing.
    [[nodiscard]] Coro<int> wait() const;

    /// Writes \p input to the child's stdin, closes it, reads what the child
    /// writes until the end, and waits for the child.
    ///
    /// Gives the output on stdout and on stderr, empty for what is no pipe. A
    /// child that stops reading is no error. Throws ValueError for input without
    /// a pipe.
    ///
    /// Suspends:  until the pipes are closed by the child and it has ended.
    /// Resumes:   from the loop.
    /// Cancelled: throws CancelledError; the child goes on, what was read is lost.
    /// Lifetime:  needs nothing.
    [[nodiscard]] Coro<std::pair<std::string, std::string>> communicate(std::optional<std::string> input = {}) const;

    /// Sends the signal \p sig to the child.
    ///
    /// Throws ProcessLookupError once there is a returncode(), and std::system_error
    /// for what is no signal. A child that ended unnoticed is no error.
    void send_signal(int sig) const;
    /// Sends SIGTERM, as send_signal() does.
    void terminate() const;
    /// Sends SIGKILL, which the child cannot ignore, as send_signal() does.
    void kill() const;

    /// Writes to the child's stdin; empty unless PIPE was asked for.
    std::optional<StreamWriter> stdin_;
    /// Reads the child's stdout; empty unless PIPE was asked for.
    std::optional<StreamReader> stdout_;
    /// Reads the child's stderr; empty unless PIPE was asked for.
    std::optional<StreamReader> stderr_;

private:
    std::shared_ptr<detail::ChildProcess> child_;
};

namespace detail {

[[nodiscard]] SpawnRequest make_request(std::vector<std::string> argv, const SubprocessOpts& options);
[[nodiscard]] Coro<Process> start_process(SpawnRequest request, std::size_t limit);

}  // namespace detail

namespace subprocess {

using aio::Process;
using aio::SubprocessOpts;

/// The same stream as that of this process: the default.
inline constexpr detail::Redirect INHERIT{detail::Redirect::Kind::inherit};
/// A new pipe, whose other end is a stream of the Process.
inline constexpr detail::Redirect PIPE{detail::Redirect::Kind::pipe};
/// /dev/null.
inline constexpr detail::Redirect DEVNULL{detail::Redirect::Kind::null};
/// For stderr: whatever stdout is.
inline constexpr detail::Redirect STDOUT{detail::Redirect::Kind::as_stdout};

/// Starts the program `argv[0]` with the arguments \p argv.
///
/// It is looked up in the child's PATH unless it contains a slash; what is
/// relative there or in the program's name is so to the child's directory. The child
/// inherits no other descriptors, and no blocked or ignored signals of ours but
/// those that exec() keeps ignored; SIGPIPE ends it. Throws std::system_error
/// (ENOENT, EACCES, EMFILE ...) when it cannot be started, and ValueError for
/// strings that no process can get.
///
/// Suspends:  never; the thread blocks until the program is loaded.
/// Resumes:   at once.
/// Cancelled: not at all.
/// Lifetime:  the arguments are copied at once.
[[nodiscard]] inline Coro<Process> exec(std::vector<std::string> argv, const SubprocessOpts& options = {}) {
    return detail::start_process(detail::make_request(std::move(argv), options), options.limit);
}

/// As above: `co_await exec("sleep", "30")`.
template <std::convertible_to<std::string_view>... Arguments>
[[nodiscard]] Coro<Process> exec(const SubprocessOpts& options, std::string_view program,
                                 const Arguments&... arguments) {
    std::vector<std::string> argv;
    argv.reserve(1 + sizeof...(arguments));
    argv.emplace_back(program);
    (argv.emplace_back(std::string_view(arguments)), ...);
    return exec(std::move(argv), options);
}
template <std::convertible_to<std::string_view>... Arguments>
[[nodiscard]] Coro<Process> exec(std::string_view program, const Arguments&... arguments) {
    return exec(SubprocessOpts{}, program, arguments...);
}

/// Runs \p command with /bin/sh; otherwise as exec(). Text from elsewhere must be
/// quoted for the shell, or be an argument of exec() instead.
[[nodiscard]] inline Coro<Process> shell(std::string_view command, const SubprocessOpts& options = {}) {
    return exec(options, "/bin/sh", "-c", command);
}

}  // namespace subprocess
}  // namespace aio
