// spawn.cpp - starts another program
#include "aio/detail/spawn.h"

#include "aio/errors.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <system_error>

extern "C" char** environ;

namespace aio::detail {

namespace {

[[noreturn]] void fail(int error, const std::string& what) {
    throw std::system_error(error, std::generic_category(), what);
}

void check(int error, const char* what) {
    if (error != 0) fail(error, what);
}

/// The C++ shape of posix_spawn's file actions.
class FileActions {
public:
    FileActions() { check(::posix_spawn_file_actions_init(&actions_), "posix_spawn_file_actions_init"); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }

    void duplicate(int from, int to) { check(::posix_spawn_file_actions_adddup2(&actions_, from, to), "dup2"); }
    void open_null(int fd) {
        check(::posix_spawn_file_actions_addopen(&actions_, fd, "/dev/null", O_RDWR, 0), "/dev/null");
    }
    void change_directory(const std::string& path) {
        check(::posix_spawn_file_actions_addchdir_np(&actions_, path.c_str()), "chdir");
    }
    /// Descriptors that somebody opened without O_CLOEXEC stay here too.
    void close_the_rest() {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
        check(::posix_spawn_file_actions_addclosefrom_np(&actions_, 3), "closefrom");
#endif
    }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }

private:
    posix_spawn_file_actions_t actions_;
};

/// The C++ shape of posix_spawn's attributes.
class Attributes {
public:
    explicit Attributes(bool new_session) {
        check(::posix_spawnattr_init(&attributes_), "posix_spawnattr_init");
        sigset_t none;
        sigset_t defaults;
        ::sigemptyset(&none);
        ::sigemptyset(&defaults);
        // exec() keeps ignored signals ignored. Programs that are not written in
        // a language that ignores these expect to be ended by them.
        ::sigaddset(&defaults, SIGPIPE);
        ::sigaddset(&defaults, SIGXFSZ);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
        short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        if (new_session) flags |= POSIX_SPAWN_SETSID;
        ::posix_spawnattr_setflags(&attributes_, flags);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }

    [[nodiscard]] const posix_spawnattr_t* get() const noexcept { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

/// Moves \p fd out of the way of the standard streams.
OwnedFd above_standard_streams(OwnedFd fd) {
    if (fd.get() > 2) return fd;
    OwnedFd moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 3));
    if (!moved) fail(errno, "fcntl");
    return moved;
}

/// Both ends of the child's streams.
class Streams {
public:
    Streams(const SpawnRequest& request, Spawned& spawned) {
        for (int stream = 0; stream < 3; ++stream) {
            const Redirect& redirect = request.streams[stream];
            if (redirect.kind == Redirect::Kind::pipe) open_pipe(stream, spawned);
            if (redirect.kind == Redirect::Kind::descriptor) borrow(stream, redirect.fd);
        }
    }

    void add_to(FileActions& actions, const SpawnRequest& request) const {
        for (int stream = 0; stream < 3; ++stream) {
            const Redirect::Kind kind = request.streams[stream].kind;
            if (source_[stream] >= 0) actions.duplicate(source_[stream], stream);
            if (kind == Redirect::Kind::null) actions.open_null(stream);
            if (kind == Redirect::Kind::as_stdout) actions.duplicate(1, stream);
        }
        actions.close_the_rest();
    }

private:
    void open_pipe(int stream, Spawned& spawned) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) fail(errno, "pipe2");
        OwnedFd reads(ends[0]);
        OwnedFd writes(ends[1]);
        owned_[stream] = above_standard_streams(std::move(stream == 0 ? reads : writes));
        source_[stream] = owned_[stream].get();
        spawned.pipes[stream] = above_standard_streams(std::move(stream == 0 ? writes : reads));
    }

    /// A standard stream of ours may already be replaced when its turn comes.
    void borrow(int stream, int fd) {
        source_[stream] = fd;
        if (fd > 2 || fd == stream) return;
        owned_[stream].reset(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
        if (!owned_[stream]) fail(errno, "fcntl");
        source_[stream] = owned_[stream].get();
    }

    OwnedFd owned_[3];
    int source_[3] = {-1, -1, -1};
};

void check_request(const SpawnRequest& request) {
    if (request.argv.empty()) throw ValueError("no program to execute");
    const auto check_text = [](const std::string& text) {
        if (text.find('\0') != std::string::npos) throw ValueError("embedded null byte");
    };
    for (const std::string& argument : request.argv) check_text(argument);
    check_text(request.cwd);
    if (request.env) {
        for (const std::string& entry : *request.env) check_text(entry);
    }
    for (int stream = 0; stream < 3; ++stream) {
        const Redirect& redirect = request.streams[stream];
        if (redirect.kind == Redirect::Kind::as_stdout && stream != 2)
            throw ValueError("STDOUT can only be used for stderr");
        if (redirect.kind == Redirect::Kind::descriptor && redirect.fd < 0)
            throw ValueError("Invalid file descriptor: " + std::to_string(redirect.fd));
    }
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

/// Where the child looks for programs.
std::string search_path(const SpawnRequest& request) {
    constexpr std::string_view name = "PATH=";
    if (!request.env) {
        const char* path = std::getenv("PATH");
        return path ? path : "/bin:/usr/bin";
    }
    for (const std::string& entry : *request.env) {
        if (std::string_view(entry).substr(0, name.size()) == name) return entry.substr(name.size());
    }
    return "/bin:/usr/bin";
}

/// The files that \p program may mean, in order.
std::vector<std::string> candidates(const std::string& program, const SpawnRequest& request) {
    if (program.find('/') != std::string::npos) return {program};
    std::vector<std::string> files;
    const std::string path = search_path(request);
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find(':', begin), path.size());
        const std::string directory = path.substr(begin, end - begin);
        files.push_back((directory.empty() ? "." : directory) + "/" + program);
        begin = end + 1;
    }
    return files;
}

/// The directory that the child runs in; none: that of this process.
OwnedFd open_directory(const std::string& path) {
    if (path.empty()) return {};
    OwnedFd directory(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    // Without the right to search it, the child could not enter it.
    if (!directory || ::faccessat(directory.get(), ".", X_OK, AT_EACCESS) != 0) fail(errno, path);
    return directory;
}

/// The error of executing \p file in \p directory that is known without the cost of
/// a process; zero when there is something to execute.
int missing(const OwnedFd& directory, const std::string& file) {
    struct stat status;
    const int found = ::fstatat(directory ? directory.get() : AT_FDCWD, file.c_str(), &status, 0);
    return found == 0 ? 0 : errno;
}

}  // namespace

Spawned spawn_process(const SpawnRequest& request) {
    check_request(request);
    Spawned spawned;
    const Streams streams(request, spawned);
    FileActions actions;
    streams.add_to(actions, request);
    const OwnedFd directory = open_directory(request.cwd);
    if (directory) actions.change_directory(request.cwd);
    const Attributes attributes(request.new_session);
    const std::vector<char*> argv = pointers_to(request.argv);
    const std::vector<char*> env = request.env ? pointers_to(*request.env) : std::vector<char*>();
    char* const* variables = request.env ? env.data() : environ;
    const std::string& program = request.argv.front();
    int first_obstacle = 0;
    int error = ENOENT;
    for (const std::string& file : candidates(program, request)) {
        error = missing(directory, file);
        if (error == 0)
            error = ::posix_spawn(&spawned.pid, file.c_str(), actions.get(), attributes.get(), argv.data(), variables);
        if (error == 0) return spawned;
        // What is in the way in one directory does not hide a program in a later one.
        if (error != ENOENT && error != ENOTDIR && first_obstacle == 0) first_obstacle = error;
    }
    fail(first_obstacle ? first_obstacle : error, program);
}

}  // namespace aio::detail
