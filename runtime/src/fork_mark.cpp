// fork_mark.cpp - notices that the process was forked
#include "aio/detail/fork_mark.h"

#include "aio/detail/loop_core.h"
#include "aio/detail/signal_table.h"
#include "aio/errors.h"

#include <pthread.h>
#include <string>

namespace aio::detail {

unsigned ForkMark::forks = 0;

ForkMark::ForkMark() : generation_(forks) {
    static const int registered = ::pthread_atfork(nullptr, nullptr, [] { after_fork(); });
    static_cast<void>(registered);
}

void ForkMark::after_fork() noexcept {
    ++forks;
    leave_running_core();
    SignalTable::forget_all();
}

void ForkMark::fail(const char* owner) {
    throw RuntimeError("The " + std::string(owner) + " cannot be used after fork()");
}

}  // namespace aio::detail
