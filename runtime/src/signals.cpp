// signals.cpp - the signal handlers of a loop
#include "aio/detail/signal_watch.h"
#include "aio/loop.h"

#include <string>

namespace aio {

namespace {

void check_signal(int sig) {
    if (!detail::SignalTable::valid(sig)) throw ValueError("invalid signal number " + std::to_string(sig));
}

}  // namespace

void Loop::add_signal_handler(int sig, detail::Callback callback) {
    check_signal(sig);
    core_->check_usable();
    core_->check_open();
    core_->signals().add(sig, std::move(callback));
}

bool Loop::remove_signal_handler(int sig) {
    check_signal(sig);
    if (core_->is_closed()) return false;
    core_->check_usable();
    return core_->signals().remove(sig);
}

}  // namespace aio
