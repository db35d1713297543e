// generator_core.h - the state of an asynchronous generator, without its types
#pragma once

#include "aio/detail/promise.h"

#include <cstdint>
#include <exception>
#include <source_location>
#include <string>
#include <utility>

namespace aio::detail {

struct GeneratorPromiseBase;

/// The four ways to resume a generator.
enum class GeneratorCall : std::uint8_t { next, send, raise, close };

/// What the handle of a generator, its awaiters and its loop share.
///
/// Owns the frame of the generator. Between two calls the frame is suspended at
/// a co_yield; during a call it is a part of the caller's stack of coroutines.
class GeneratorCore {
public:
    explicit GeneratorCore(GeneratorPromiseBase& promise) noexcept;
    GeneratorCore(const GeneratorCore&) = delete;
    GeneratorCore& operator=(const GeneratorCore&) = delete;

    void retain() noexcept { ++refs_; }
    /// The last one to let go of a suspended generator has the loop close it.
    void release() noexcept {
        if (--refs_ == 0) drop();
    }

    [[nodiscard]] GeneratorPromiseBase& promise() const noexcept;
    [[nodiscard]] bool finished() const noexcept { return frame_.get() == nullptr; }
    /// "<async_generator object NAME>", for reports.
    [[nodiscard]] std::string text() const;

    /// True when \p call has nothing to resume; throws when it is not allowed.
    bool is_over(GeneratorCall call, const std::exception_ptr& thrown);
    /// Makes the generator run on behalf of \p caller, once this turn ends.
    void resume(PromiseBase& caller, GeneratorCall call, std::exception_ptr thrown);
    /// Called by the generator at a co_yield: hands control back.
    void yield() noexcept;
    /// Called when the caller has control again: true when there is a value;
    /// else the generator has ended, and what it failed with is thrown.
    bool collect(GeneratorCall call);
    /// The frame is destroyed, perhaps with the task that runs it.
    void forget_frame() noexcept { static_cast<void>(frame_.release()); }

private:
    friend class GeneratorList;

    ~GeneratorCore();
    void drop() noexcept;
    void destroy() noexcept;
    [[nodiscard]] bool must_be_closed() const noexcept;
    void bind(LoopCore& loop);
    void finish() noexcept;

    std::uint32_t refs_ = 0;
    bool started_ = false;
    bool running_ = false;
    bool yielded_ = false;
    bool closed_ = false;    // aclose() was called
    bool orphaned_ = false;  // its handle is gone
    bool listed_ = false;    // the loop knows it
    CoroOwner frame_;
    Ref<LoopCore> loop_;  // the one that it last ran on
    GeneratorCore* previous_ = nullptr;
    GeneratorCore* next_ = nullptr;
    std::source_location where_;
};

/// The part of a generator's promise that does not depend on its types.
struct GeneratorPromiseBase : PromiseBase {
    using PromiseBase::PromiseBase;
    ~GeneratorPromiseBase() {
        if (core) core->forget_frame();
    }

    void return_void() const noexcept {}

    GeneratorCore* core = nullptr;
    std::exception_ptr thrown;  // to be thrown at the co_yield
};

}  // namespace aio::detail
