// event.cpp - tells any number of tasks that something has happened
#include "aio/event.h"

namespace aio {

void Event::set() {
    waiters_.check_thread();
    set_ = true;
    waiters_.wake_all();
}

void Event::clear() {
    waiters_.check_thread();
    set_ = false;
}

}  // namespace aio
