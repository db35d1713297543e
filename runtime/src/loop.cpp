// loop.cpp - the public face of the event loop
#include "aio/loop.h"

#include "aio/errors.h"
#include "aio/exception_context.h"

#include <chrono>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace aio {

Clock::~Clock() = default;

namespace {

class SystemClock final : public Clock {
public:
    [[nodiscard]] double now() const noexcept override {
        return Seconds(std::chrono::steady_clock::now().time_since_epoch()).count();
    }
};

Clock& system_clock() {
    static SystemClock clock;
    return clock;
}

}  // namespace

namespace detail {

bool debug_from_environment() noexcept {
    static const bool on = [] {
        const char* value = std::getenv("AIO_DEBUG");
        return value && std::string_view(value) == "1";
    }();
    return on;
}

}  // namespace detail

Loop::Loop(LoopOptions options)
    : core_(new detail::LoopCore(*this, options.clock ? options.clock : &system_clock(),
                                 options.debug || detail::debug_from_environment())) {
    core_->set_tracer(options.tracer);
}

Loop::~Loop() {
    if (!core_->is_closed()) core_->close();
    core_->tear_down();
}

void Loop::run_forever() { core_->run_forever(); }

void Loop::run_once(Seconds max_wait) { core_->run_once(max_wait.count()); }

int Loop::fileno() const {
    core_->check_thread();
    return core_->fileno();
}

std::optional<Seconds> Loop::wait_hint() const {
    core_->check_thread();
    return core_->wait_hint();
}

void Loop::stop() {
    core_->check_thread();
    core_->stop();
}

void Loop::close() { core_->close(); }

TimerHandle Loop::call_later(Seconds delay, detail::Callback callback, const std::optional<Context>& context) {
    return call_at(time() + delay.count(), std::move(callback), context);
}

TimerHandle Loop::call_at(double when, detail::Callback callback, const std::optional<Context>& context) {
    core_->check_usable();
    auto* const timed = new detail::HandleOf<detail::Callback, detail::TimedState>(std::move(callback), *core_, when,
                                                                                   detail::context_or_copy(context));
    auto state = detail::Ref<detail::HandleState>::adopt(timed);
    if (core_->is_closed())
        timed->discard();
    else
        core_->add_timer(*timed);
    return TimerHandle(std::move(state));
}

Handle Loop::call_soon_threadsafe(detail::Callback callback, const std::optional<Context>& context) {
    return Handle(core_->post(std::move(callback), true, detail::context_or_copy(context)));
}

void Loop::add_reader(int fd, detail::Callback callback) {
    core_->check_usable();
    core_->check_open();
    core_->fd_callbacks().set(*core_, fd, detail::Direction::read, std::move(callback));
}

bool Loop::remove_reader(int fd) {
    core_->check_thread();
    return core_->fd_callbacks().remove(fd, detail::Direction::read);
}

void Loop::add_writer(int fd, detail::Callback callback) {
    core_->check_usable();
    core_->check_open();
    core_->fd_callbacks().set(*core_, fd, detail::Direction::write, std::move(callback));
}

bool Loop::remove_writer(int fd) {
    core_->check_thread();
    return core_->fd_callbacks().remove(fd, detail::Direction::write);
}

void Loop::set_default_executor(std::shared_ptr<Executor> executor) {
    core_->check_thread();
    core_->default_executor = std::move(executor);
}

Loop& get_running_loop() { return *detail::require_running_core().owner(); }

Loop* running_loop_or_null() noexcept {
    detail::LoopCore* core = detail::running_core();
    return core ? core->owner() : nullptr;
}

}  // namespace aio
