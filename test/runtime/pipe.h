// pipe.h - a pipe for tests
#pragma once

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

namespace aio_test {

/// A pipe whose ends are closed when it goes.
struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0) std::abort();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_reader();
        close_writer();
    }
    [[nodiscard]] int reader() const { return ends[0]; }
    [[nodiscard]] int writer() const { return ends[1]; }
    void close_reader() { close_end(ends[0]); }
    void close_writer() { close_end(ends[1]); }
    /// Writes a text that is small enough to fit.
    void put(std::string_view text) const {
        if (::write(writer(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::abort();
    }
    /// Reads what is there, or nothing.
    [[nodiscard]] std::string take(std::size_t most = 100) const {
        std::string text(most, '\0');
        const ssize_t got = ::read(reader(), text.data(), most);
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return text;
    }
    static void close_end(int& fd) {
        if (fd >= 0) ::close(fd);
        fd = -1;
    }
    std::array<int, 2> ends{-1, -1};
};

}  // namespace aio_test
