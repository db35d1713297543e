// generator_core.cpp - the state of an asynchronous generator, without its types
#include "aio/detail/generator_core.h"

#include "aio/async_generator.h"
#include "aio/detail/holds.h"
#include "aio/exception_context.h"
#include "aio/gather.h"
#include "aio/loop.h"
#include "aio/task.h"

#include <utility>
#include <vector>

namespace aio {

namespace detail {

namespace {

[[noreturn]] void throw_running(GeneratorCall call) {
    const char* what = call == GeneratorCall::close ? "aclose" : call == GeneratorCall::raise ? "athrow" : "anext";
    throw RuntimeError(std::string(what) + "(): asynchronous generator is already running");
}

Coro<void> close_generator(Ref<GeneratorCore> generator) { co_await GeneratorClose(std::move(generator)); }

}  // namespace

GeneratorCore::GeneratorCore(GeneratorPromiseBase& promise) noexcept : frame_(&promise), where_(promise.where) {
    promise.core = this;
}

GeneratorCore::~GeneratorCore() { finish(); }

GeneratorPromiseBase& GeneratorCore::promise() const noexcept {
    return static_cast<GeneratorPromiseBase&>(*frame_.get());
}

std::string GeneratorCore::text() const {
    return "<async_generator object " + std::string(coroutine_name(where_)) + ">";
}

bool GeneratorCore::is_over(GeneratorCall call, const std::exception_ptr& thrown) {
    if (finished()) return true;
    if (running_) throw_running(call);
    const bool injects = call == GeneratorCall::raise || call == GeneratorCall::close;
    if (injects && closed_) return true;
    if (started_) return false;
    if (call == GeneratorCall::send) throw TypeError("can't send non-None value to a just-started async generator");
    if (!injects) return false;
    finish();
    if (call == GeneratorCall::raise) std::rethrow_exception(thrown);
    return true;
}

void GeneratorCore::resume(PromiseBase& caller, GeneratorCall call, std::exception_ptr thrown) {
    bind(caller.task->loop());
    started_ = running_ = true;
    yielded_ = false;
    if (call == GeneratorCall::close) {
        closed_ = true;
        thrown = std::make_exception_ptr(GeneratorExit());
    }
    GeneratorPromiseBase& mine = promise();
    mine.thrown = std::move(thrown);
    mine.continuation = caller.self();
    mine.task = caller.task;
    mine.task->transfer(mine);
}

void GeneratorCore::yield() noexcept {
    running_ = false;
    yielded_ = true;
    GeneratorPromiseBase& mine = promise();
    mine.task->transfer(std::exchange(mine.continuation, nullptr).promise());
}

bool GeneratorCore::collect(GeneratorCall call) {
    if (yielded_) {
        if (call == GeneratorCall::close) throw RuntimeError("async generator ignored GeneratorExit");
        return true;
    }
    running_ = false;
    std::exception_ptr error = promise().failed ? promise().task->loop().take_failure() : nullptr;
    finish();
    if (!error || (call == GeneratorCall::close && holds<GeneratorExit>(error))) return false;
    std::rethrow_exception(std::move(error));
}

void GeneratorCore::bind(LoopCore& loop) {
    if (loop_.get() == &loop) return;
    if (loop_) loop_->generators.remove(*this);
    loop_ = Ref<LoopCore>(&loop);
    loop.generators.add(*this);
    if (!started_ && loop.generators.is_shut_down())
        warn("asynchronous generator " + text() + " was scheduled after loop.shutdown_asyncgens() call", where_);
}

void GeneratorCore::finish() noexcept {
    if (const auto loop = std::move(loop_)) loop->generators.remove(*this);
    frame_.reset(nullptr);
}

bool GeneratorCore::must_be_closed() const noexcept {
    return !finished() && started_ && !running_ && !closed_ && !orphaned_ && running_core() &&
           running_core() == loop_.get();
}

void GeneratorCore::drop() noexcept {
    if (!must_be_closed()) return destroy();
    orphaned_ = true;
    loop_->generators.remove(*this);
    Ref<GeneratorCore> self(this);
    try {
        auto close = [self]() mutable { get_running_loop().create_task(close_generator(std::move(self))); };
        loop_->post(std::move(close), false);
    } catch (...) {
        // The loop takes nothing any more: the frame is destroyed when self goes.
    }
}

void GeneratorCore::destroy() noexcept {
    // Generators own generators. So that a long chain does not overflow the
    // stack, those that are deep inside wait until the outer ones are gone.
    constexpr int deepest = 100;
    static thread_local int depth = 0;
    static thread_local GeneratorCore* waiting = nullptr;
    if (depth == deepest) {
        if (loop_) loop_->generators.remove(*this);
        next_ = std::exchange(waiting, this);
        return;
    }
    const bool outermost = depth++ == 0;
    delete this;
    while (outermost && waiting) delete std::exchange(waiting, waiting->next_);
    --depth;
}

void GeneratorList::add(GeneratorCore& generator) noexcept {
    generator.listed_ = true;
    generator.previous_ = last_;
    generator.next_ = nullptr;
    (last_ ? last_->next_ : first_) = &generator;
    last_ = &generator;
}

void GeneratorList::remove(GeneratorCore& generator) noexcept {
    if (!std::exchange(generator.listed_, false)) return;
    (generator.previous_ ? generator.previous_->next_ : first_) = generator.next_;
    (generator.next_ ? generator.next_->previous_ : last_) = generator.previous_;
}

std::vector<Ref<GeneratorCore>> GeneratorList::shut_down() {
    shut_down_ = true;
    std::vector<Ref<GeneratorCore>> generators;
    while (first_) {
        generators.emplace_back(first_);
        remove(*first_);
    }
    return generators;
}

}  // namespace detail

Coro<void> Loop::shutdown_asyncgens() {
    const auto generators = core_->generators.shut_down();
    if (generators.empty()) co_return;
    std::vector<Coro<void>> closing;
    for (const auto& generator : generators) closing.push_back(detail::close_generator(generator));
    const auto outcomes = co_await gather_outcomes(std::move(closing));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].ok() || detail::holds<BaseError>(outcomes[i].error())) continue;
        call_exception_handler(
            {.message = "an error occurred during closing of asynchronous generator " + generators[i]->text(),
             .exception = outcomes[i].error()});
    }
}

}  // namespace aio
