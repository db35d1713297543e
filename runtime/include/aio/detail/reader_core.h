// reader_core.h - the bytes of a stream and who waits for them
#pragma once

#include "aio/coro.h"
#include "aio/detail/byte_buffer.h"
#include "aio/detail/operation.h"
#include "aio/detail/ref.h"
#include "aio/detail/waiter_list.h"

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace aio::detail {

/// Where the bytes come from: asked to pause while nobody reads them.
class ByteSource {
public:
    virtual void pause_reading() noexcept = 0;
    virtual void resume_reading() noexcept = 0;

protected:
    ~ByteSource() = default;
};

/// The state behind a StreamReader.
///
/// The coroutines take a Ref: a wait keeps the state alive.
class ReaderCore {
public:
    /// Throws ValueError for a \p limit of zero.
    explicit ReaderCore(std::size_t limit);
    ReaderCore(const ReaderCore&) = delete;
    ReaderCore& operator=(const ReaderCore&) = delete;

    void retain() noexcept { ++refs_; }
    void release() noexcept {
        if (--refs_ == 0) delete this;
    }

    /// The bytes come from \p source, on \p loop, until forget_source().
    void set_source(ByteSource& source, LoopCore& loop) {
        waiters_.bind(loop, "StreamReader");
        source_ = &source;
    }
    void forget_source() noexcept { source_ = nullptr; }

    /// Throws RuntimeError in debug mode on another thread than the running loop's.
    void check_thread() const { waiters_.check_thread(); }

    [[nodiscard]] bool at_eof() const noexcept { return eof_ && buffer_.empty(); }
    [[nodiscard]] const std::exception_ptr& exception() const noexcept { return error_; }

    void feed_data(std::string_view bytes);
    void feed_eof() noexcept;
    void set_exception(std::exception_ptr error) noexcept;

    /// As feed_data(), without a copy: room to fill, then how much was filled.
    [[nodiscard]] char* prepare(std::size_t count) { return buffer_.prepare(count); }
    void received(std::size_t count) noexcept;

    static Coro<std::string> read(Ref<ReaderCore> core, std::ptrdiff_t count);
    static Coro<std::string> readline(Ref<ReaderCore> core);
    static Coro<std::string> readuntil(Ref<ReaderCore> core, std::string separator);
    static Coro<std::string> readexactly(Ref<ReaderCore> core, std::ptrdiff_t count);

private:
    template <class, class, class>
    friend class Operation;

    /// The one task that waits for more bytes.
    class DataWait : public Waiter {
    public:
        explicit DataWait(ReaderCore& core) noexcept : core_(core) {}
        ~DataWait() { forget(); }

        bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), core_.waiters_);
            core_.waiting_ = this;
        }
        void await_resume();
        void fail(std::exception_ptr error) noexcept { error_ = std::move(error); }

    private:
        [[nodiscard]] const char* what() const noexcept override { return "StreamReader.read"; }
        void forget() noexcept {
            if (core_.waiting_ == this) core_.waiting_ = nullptr;
        }

        ReaderCore& core_;
        std::exception_ptr error_;
    };

    /// Where a separator stands, or why there is none.
    struct Search {
        enum class Outcome : std::uint8_t { found, end_of_stream, too_long, found_too_late } outcome;
        std::size_t position;
    };

    ~ReaderCore() = default;

    void check_error() const;
    /// Checks that nobody else waits, and lets the source go on.
    [[nodiscard]] Operation<void, DataWait, ReaderCore> wait_for_data(const char* function);
    void wake() noexcept;
    [[nodiscard]] std::string take(std::size_t count);
    void resume_source() noexcept;
    static Coro<std::string> read_all(Ref<ReaderCore> core);
    static Coro<Search> find(Ref<ReaderCore> core, std::string_view separator);

    std::uint32_t refs_ = 0;
    bool eof_ = false;
    bool paused_ = false;
    std::size_t limit_;
    ByteBuffer buffer_;
    std::exception_ptr error_;
    WaiterList waiters_;
    DataWait* waiting_ = nullptr;  // null once it is woken
    ByteSource* source_ = nullptr;
};

}  // namespace aio::detail
