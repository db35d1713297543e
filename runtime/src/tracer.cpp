// tracer.cpp - observes what a loop does
#include "aio/tracer.h"

#include "aio/detail/loop_core.h"

namespace aio {

Tracer::~Tracer() {
    if (loop_) loop_->set_tracer(nullptr);
}

}  // namespace aio
