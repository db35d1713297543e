// event.cpp - tells any number of tasks that something has happened
#include "aio/event.h"

namespace aio {

void Event::set() noexcept {
    set_ = true;
    waiters_.wake_all();
}

}  // namespace aio
