// condition.cpp - waits until something under a lock has changed
#include "aio/condition.h"

#include "aio/errors.h"

#include <exception>

namespace aio {

Coro<bool> Condition::wait() {
    if (!locked()) throw RuntimeError("cannot wait on un-acquired lock");
    release();
    bool pass_on = false;
    std::exception_ptr error;
    try {
        pass_on = co_await turn();
    } catch (...) {
        error = std::current_exception();
    }
    bool taken = false;
    while (!taken) {
        try {
            co_await acquire();
            taken = true;
        } catch (const CancelledError&) {
            // Whoever waits holds the lock afterwards, cancelled or not.
            error = std::current_exception();
        }
    }
    if (!error) co_return true;
    if (pass_on) waiters_.wake_next();
    std::rethrow_exception(std::move(error));
}

bool Condition::Turn::await_resume() {
    try {
        leave();
    } catch (...) {
        // The notification that woke this one is for the next.
        if (woken_alone()) condition_.waiters_.wake_next();
        throw;
    }
    return woken_alone();
}

void Condition::check_can_notify() const {
    waiters_.check_thread();
    if (!locked()) throw RuntimeError("cannot notify on un-acquired lock");
}

void Condition::notify(std::size_t count) {
    check_can_notify();
    while (count > 0 && waiters_.wake_next()) --count;
}

void Condition::notify_all() {
    check_can_notify();
    waiters_.wake_all();
}

}  // namespace aio
