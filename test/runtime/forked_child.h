// forked_child.h - a part of a test, after fork()
#pragma once

#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <exception>

namespace aio_test {

/// Forks and returns the exit status of the child, which runs \p call; -1 when a
/// signal ended it, as when it hangs. The child leaves without destructors, as it
/// should.
template <class F>
int in_child(F&& call) {
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(60);
        int status = 99;
        try {
            status = call();
        } catch (const std::exception& error) {
            std::fprintf(stderr, "child: %s\n", error.what());
        } catch (...) {
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace aio_test
