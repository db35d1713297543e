// fork_mark.h - notices that the process was forked
#pragma once

namespace aio::detail {

/// Remembers the process in which it was made.
///
/// A child of fork() has a copy of the memory, but not the other threads, and
/// shares the kernel's side of every descriptor with its parent. Whatever owns
/// threads, descriptors or processes asks forked() before it touches them. Making
/// the first mark also arranges that a child has no running loop and none of the
/// signal handlers of its parent's loops.
class ForkMark {
public:
    ForkMark();

    /// True in a child process that got this object by fork(). Costs a load.
    [[nodiscard]] bool forked() const noexcept { return generation_ != forks; }

    /// Throws RuntimeError when forked(); \p owner is what it says cannot be used.
    void check(const char* owner = "event loop") const {
        if (forked()) [[unlikely]]
            fail(owner);
    }

private:
    [[noreturn]] static void fail(const char* owner);
    static void after_fork() noexcept;

    static unsigned forks;  // written by fork() only, in a child of one thread
    unsigned generation_;
};

}  // namespace aio::detail
