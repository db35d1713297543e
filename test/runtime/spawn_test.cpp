// spawn_test.cpp - what a child process starts with
#include "child_tools.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <csignal>
#include <map>
#include <system_error>

namespace {

using namespace aio_test;
using namespace aio::subprocess;

/// The error number of what \p start throws; zero when it throws nothing.
aio::Coro<int> error_of(aio::Coro<Process> start) {
    try {
        const Process process = co_await std::move(start);
        co_await process.wait();
    } catch (const std::system_error& error) {
        co_return error.code().value();
    }
    co_return 0;
}

TEST(Spawn, AProgramThatCannotBeExecutedIsAnErrorAndLeaksNothing) {
    const Folder folder;
    std::ofstream(folder / "text") << "no program";
    std::ofstream(folder / "garbage") << "no program";
    std::filesystem::permissions(folder / "garbage", std::filesystem::perms::owner_all);
    const auto body = [&]() -> aio::Coro<> {
        const std::size_t before = open_files();
        const SubprocessOpts pipes{.stdin = PIPE, .stdout = PIPE, .stderr = PIPE};
        EXPECT_EQ(co_await error_of(exec(pipes, "/nonexistent/prog")), ENOENT);
        EXPECT_EQ(co_await error_of(exec(pipes, "no-such-program-anywhere")), ENOENT);
        EXPECT_EQ(co_await error_of(exec(pipes, folder.path())), EACCES);
        EXPECT_EQ(co_await error_of(exec(pipes, folder / "text")), EACCES);
        EXPECT_EQ(co_await error_of(exec(pipes, folder / "garbage")), ENOEXEC);
        EXPECT_EQ(co_await error_of(exec(pipes, folder / "text" + "/below")), ENOTDIR);
        const std::string missing = folder / "missing";
        EXPECT_EQ(co_await error_of(exec({.stdout = PIPE, .cwd = missing}, "true")), ENOENT);
        const std::string file = folder / "text";
        EXPECT_EQ(co_await error_of(exec({.stdout = PIPE, .cwd = file}, "true")), ENOTDIR);
        EXPECT_LE(open_files(), before);
    };
    aio::run(body());
    EXPECT_TRUE(no_children());
}

TEST(Spawn, TooManyOpenFilesAreAnErrorAndLeakNothing) {
    const auto body = []() -> aio::Coro<> {
        const std::size_t before = open_files();
        int started = 0;
        int refused = 0;
        rlimit old{};
        ::getrlimit(RLIMIT_NOFILE, &old);
        // Room for some of the pipes, and in the end for all, but not for a pidfd.
        for (rlim_t extra = 0; extra < 8; ++extra) {
            rlimit low = old;
            low.rlim_cur = before - 1 + extra;
            ::setrlimit(RLIMIT_NOFILE, &low);
            const int error = co_await error_of(exec({.stdin = PIPE, .stdout = PIPE, .stderr = PIPE}, "true"));
            ::setrlimit(RLIMIT_NOFILE, &old);
            EXPECT_TRUE(error == 0 || error == EMFILE) << error;
            ++(error == 0 ? started : refused);
            EXPECT_LE(co_await open_files_soon(before), before);
        }
        EXPECT_GT(started, 0);
        EXPECT_GT(refused, 3);
    };
    aio::run(body());
    await_no_children();
}

TEST(Spawn, ArgumentsThatNoProcessCanGetAreRefused) {
    const auto body = []() -> aio::Coro<> {
        const auto message = [](aio::Coro<Process> start) -> aio::Coro<std::string> {
            try {
                co_await std::move(start);
            } catch (const aio::ValueError& error) {
                co_return error.what();
            }
            co_return "no error";
        };
        EXPECT_EQ(co_await message(exec(std::vector<std::string>())), "no program to execute");
        EXPECT_EQ(co_await message(exec("echo", std::string("a\0b", 3))), "embedded null byte");
        EXPECT_EQ(co_await message(exec({.stdout = STDOUT}, "echo")), "STDOUT can only be used for stderr");
        EXPECT_EQ(co_await message(exec({.stdin = -5}, "echo")), "Invalid file descriptor: -5");
        EXPECT_EQ(co_await error_of(exec({.stdin = 1 << 20}, "true")), EBADF);
        std::map<std::string, std::string> env;
        env["A=B"] = "c";
        EXPECT_EQ(message_of<aio::ValueError>([&] { exec({.env = &env}, "echo").close(); }),
                  "illegal environment variable name");
    };
    aio::run(body());
}

TEST(Spawn, NeedsARunningLoop) {
    EXPECT_EQ(message_of<aio::RuntimeError>([] {
                  aio::Loop loop;
                  auto start = exec("true");
                  loop.run_until_complete(std::move(start));
                  throw aio::RuntimeError("ran");
              }),
              "ran");
    await_no_children();
}

TEST(Spawn, TheChildGetsTheEnvironmentAndTheFolderThatWereAskedFor) {
    const Folder folder;
    const auto body = [&]() -> aio::Coro<> {
        std::map<std::string, std::string> env;
        env["PATH"] = "/bin:/usr/bin";
        env["GREETING"] = "hello";
        const std::string script = "pwd > out; echo $GREETING >> out; env | grep -c HOME= >> out; true";
        const Process process = co_await shell(script, {.cwd = folder.path(), .env = &env});
        env.clear();
        EXPECT_EQ(co_await process.wait(), 0);
    };
    ::setenv("HOME", "/root", 0);
    aio::run(body());
    EXPECT_EQ(text_of(folder / "out"), folder.path() + "\nhello\n0\n");
}

TEST(Spawn, TheProgramIsLookedUpInTheChildsPath) {
    const Folder folder;
    std::filesystem::create_directory(folder / "a");
    std::filesystem::create_directory(folder / "b");
    // What cannot be executed does not hide a later one.
    std::ofstream(folder / "a/tool") << "#!/bin/sh\nexit 1\n";
    std::ofstream(folder / "b/tool") << "#!/bin/sh\nexit 9\n";
    std::filesystem::permissions(folder / "b/tool", std::filesystem::perms::owner_all);
    const auto body = [&]() -> aio::Coro<int> {
        std::map<std::string, std::string> env;
        env["PATH"] = folder / "a" + ":" + (folder / "b");
        const Process process = co_await exec({.env = &env}, "tool");
        co_return co_await process.wait();
    };
    EXPECT_EQ(aio::run(body()), 9);
}

TEST(Spawn, RelativeFoldersOfThePathAreThoseOfTheChildsFolder) {
    const Folder folder;
    std::filesystem::create_directory(folder / "bin");
    std::ofstream(folder / "bin/tool") << "#!/bin/sh\nexit 9\n";
    std::filesystem::permissions(folder / "bin/tool", std::filesystem::perms::owner_all);
    const auto status = [&](std::string path, std::string cwd, std::string program) -> aio::Coro<int> {
        std::map<std::string, std::string> env;
        env["PATH"] = path;
        const Process process = co_await exec({.cwd = cwd, .env = &env}, program);
        co_return co_await process.wait();
    };
    const auto body = [&]() -> aio::Coro<> {
        EXPECT_EQ(co_await status("bin", folder.path(), "tool"), 9);
        EXPECT_EQ(co_await status("/nowhere:bin:/bin", folder.path(), "tool"), 9);
        EXPECT_EQ(co_await status(".:/nowhere", folder / "bin", "tool"), 9);
        EXPECT_EQ(co_await status(":/nowhere", folder / "bin", "tool"), 9);
        EXPECT_EQ(co_await status("", folder / "bin", "tool"), 9);
        EXPECT_EQ(co_await status("/nowhere", folder.path(), "bin/tool"), 9);
        EXPECT_EQ(co_await error_of(exec({.cwd = folder.path()}, "tool")), ENOENT);
    };
    aio::run(body());
}

TEST(Spawn, TheErrorOfASearchIsTheFirstThatIsNotAMissingFile) {
    const Folder folder;
    for (const char* name : {"forbidden", "garbage"}) std::filesystem::create_directory(folder / name);
    std::ofstream(folder / "forbidden/tool") << "no program";
    std::ofstream(folder / "garbage/tool") << "no program";
    std::filesystem::permissions(folder / "garbage/tool", std::filesystem::perms::owner_all);
    const auto error_with = [&](std::string one, std::string two) -> aio::Coro<int> {
        std::map<std::string, std::string> env;
        env["PATH"] = folder / one + ":" + (folder / two);
        co_return co_await error_of(exec({.env = &env}, "tool"));
    };
    const auto body = [&]() -> aio::Coro<> {
        EXPECT_EQ(co_await error_with("forbidden", "missing"), EACCES);
        EXPECT_EQ(co_await error_with("forbidden", "garbage"), EACCES);
        EXPECT_EQ(co_await error_with("garbage", "forbidden"), ENOEXEC);
        EXPECT_EQ(co_await error_with("missing", "garbage/tool"), ENOTDIR);
        EXPECT_EQ(co_await error_with("garbage/tool", "missing"), ENOENT);
    };
    aio::run(body());
    EXPECT_TRUE(no_children());
}

TEST(Spawn, AMissingFolderIsNamedInTheError) {
    const Folder folder;
    const std::string missing = folder / "missing";
    EXPECT_EQ(message_of<std::system_error>([&] { aio::run(exec({.cwd = missing}, "true")); }),
              missing + ": No such file or directory");
}

TEST(Spawn, StreamsCanBeDescriptorsNullAndEachOther) {
    const Folder folder;
    const auto body = [&]() -> aio::Coro<> {
        const int out = ::open((folder / "out").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        const Process process = co_await shell("echo to-stdout; echo to-stderr >&2; cat",
                                               {.stdin = DEVNULL, .stdout = out, .stderr = STDOUT});
        ::close(out);
        EXPECT_EQ(co_await process.wait(), 0);
    };
    aio::run(body());
    EXPECT_EQ(text_of(folder / "out"), "to-stdout\nto-stderr\n");
}

TEST(Spawn, TheChildHasOnlyItsThreeDescriptors) {
    const Folder folder;
    const int leaked = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
    const auto body = [&]() -> aio::Coro<> {
        const int out = ::open((folder / "out").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        // The shell's own list: its glob needs one descriptor for a moment.
        const Process process = co_await shell("for f in /proc/$$/fd/*; do echo ${f##*/}; done",
                                               {.stdin = DEVNULL, .stdout = out, .stderr = DEVNULL});
        ::close(out);
        EXPECT_EQ(co_await process.wait(), 0);
    };
    aio::run(body());
    ::close(leaked);
    std::ifstream in(folder / "out");
    int count = 0;
    for (std::string line; std::getline(in, line);) count += std::stoi(line) != leaked;
    EXPECT_GE(count, 3);
    EXPECT_LE(count, 4);
}

TEST(Spawn, TheChildStartsWithAnEmptyMaskAndSigpipeEndsIt) {
    const Folder folder;
    sigset_t blocked;
    sigset_t before;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGUSR1);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
    const auto old_pipe = ::signal(SIGPIPE, SIG_IGN);
    const auto body = [&]() -> aio::Coro<> {
        aio::get_running_loop().add_signal_handler(SIGUSR2, [] {});
        const int out = ::open((folder / "out").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        const Process process = co_await exec({.stdout = out}, "grep", "^Sig[BIC]", "/proc/self/status");
        ::close(out);
        EXPECT_EQ(co_await process.wait(), 0);
    };
    aio::run(body());
    ::signal(SIGPIPE, old_pipe);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    std::ifstream in(folder / "out");
    for (std::string name, value; in >> name >> value;) {
        const unsigned long bits = std::stoul(value, nullptr, 16);
        const auto has = [&](int sig) { return (bits >> (sig - 1) & 1) != 0; };
        if (name == "SigBlk:") {
            EXPECT_EQ(bits, 0UL);
        }
        if (name == "SigIgn:") {
            EXPECT_FALSE(has(SIGPIPE) || has(SIGUSR2));
        }
        if (name == "SigCgt:") {
            EXPECT_FALSE(has(SIGUSR2));
        }
    }
}

}  // namespace
