// lock.cpp - lets one task at a time into a section
#include "aio/lock.h"

namespace aio {

bool Lock::try_acquire() {
    waiters_.check_thread();
    if (locked_ || !waiters_.all_cancelled()) return false;
    locked_ = true;
    return true;
}

void Lock::release() {
    waiters_.check_thread();
    if (!locked_) throw RuntimeError("Lock is not acquired.");
    locked_ = false;
    waiters_.wake_first();
}

bool Lock::Acquire::await_resume() {
    if (!waited()) return true;
    try {
        leave();
    } catch (...) {
        // The turn may have been given to this waiter: pass it on.
        if (!lock_.locked_) lock_.waiters_.wake_first();
        throw;
    }
    lock_.locked_ = true;
    return true;
}

}  // namespace aio
