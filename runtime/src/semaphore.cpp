// semaphore.cpp - lets a limited number of tasks into a section
#include "aio/semaphore.h"

namespace aio {

Semaphore::Semaphore(std::ptrdiff_t value) : value_(value) {
    if (value < 0) throw ValueError("Semaphore initial value must be >= 0");
}

bool Semaphore::try_acquire() {
    waiters_.check_thread();
    if (locked()) return false;
    --value_;
    return true;
}

void Semaphore::release() {
    waiters_.check_thread();
    add_permit();
}

void Semaphore::add_permit() noexcept {
    ++value_;
    serve_next();
}

void Semaphore::serve_next() noexcept {
    // The permit is taken here, so that nobody can take it first.
    if (waiters_.wake_next()) --value_;
}

bool Semaphore::Acquire::await_resume() {
    if (!waited()) return true;
    try {
        leave();
    } catch (...) {
        if (woken()) semaphore_.add_permit();
        throw;
    }
    if (semaphore_.value_ > 0) semaphore_.serve_next();
    return true;
}

void BoundedSemaphore::release() {
    if (value() >= bound_) throw ValueError("BoundedSemaphore released too many times");
    Semaphore::release();
}

}  // namespace aio
