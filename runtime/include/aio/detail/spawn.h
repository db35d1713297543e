// spawn.h - starts another program
#pragma once

#include "aio/detail/owned_fd.h"

#include <optional>
#include <string>
#include <vector>

namespace aio::detail {

/// What a standard stream of a child process is connected to.
class Redirect {
public:
    enum class Kind : unsigned char { inherit, pipe, null, as_stdout, descriptor };

    constexpr Redirect() noexcept = default;
    /// \p descriptor is one of this process, and stays open here.
    constexpr Redirect(int descriptor) noexcept : kind(Kind::descriptor), fd(descriptor) {}  // NOLINT: as asyncio
    constexpr explicit Redirect(Kind what) noexcept : kind(what) {}

    Kind kind = Kind::inherit;
    int fd = -1;
};

/// What to start and how; owns everything.
struct SpawnRequest {
    std::vector<std::string> argv;
    std::string cwd;                              // empty: as here
    std::optional<std::vector<std::string>> env;  // "NAME=value"; none: as here
    Redirect streams[3];                          // of stdin, stdout and stderr
    bool new_session = false;
};

/// A process that was started.
struct Spawned {
    int pid = -1;
    OwnedFd pipes[3];  // our ends, where a pipe was asked for
};

/// Starts \p request, looking for the program in the child's PATH, whose relative
/// entries are those of the child's directory.
///
/// The child has no descriptors but the three streams, an empty signal mask,
/// and SIGPIPE and SIGXFSZ do what they do by default. Blocks until the program
/// was loaded. Throws std::system_error when that fails, ENOENT for a program or
/// directory that is missing, and ValueError for what no process can get. With
/// several programs to choose from, the error is the first that is neither ENOENT
/// nor ENOTDIR, or else the last.
[[nodiscard]] Spawned spawn_process(const SpawnRequest& request);

}  // namespace aio::detail
