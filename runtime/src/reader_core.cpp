// reader_core.cpp - the bytes of a stream and who waits for them
#include "aio/detail/reader_core.h"

#include "aio/stream_errors.h"

#include <algorithm>
#include <utility>

namespace aio::detail {

ReaderCore::ReaderCore(std::size_t limit) : limit_(limit) {
    if (limit == 0) throw ValueError("Limit cannot be <= 0");
}

void ReaderCore::DataWait::await_resume() {
    forget();
    leave();
    if (error_) std::rethrow_exception(std::move(error_));
}

void ReaderCore::check_error() const {
    check_thread();
    if (error_) std::rethrow_exception(error_);
}

Operation<void, ReaderCore::DataWait, ReaderCore> ReaderCore::wait_for_data(const char* function) {
    check_error();
    if (waiting_) {
        throw RuntimeError(std::string(function) +
                           "() called while another coroutine is already waiting for incoming data");
    }
    // More than the limit may be wanted: a paused source would never bring it.
    if (std::exchange(paused_, false) && source_) source_->resume_reading();
    return Operation<void, DataWait, ReaderCore>(*this);
}

void ReaderCore::wake() noexcept {
    if (!waiting_) return;
    waiting_ = nullptr;
    waiters_.wake_all();
}

void ReaderCore::feed_data(std::string_view bytes) {
    check_thread();
    if (eof_) throw RuntimeError("feed_data after feed_eof");
    if (bytes.empty()) return;
    buffer_.append(bytes);
    received(0);
}

void ReaderCore::received(std::size_t count) noexcept {
    buffer_.commit(count);
    wake();
    if (!source_ || paused_ || buffer_.size() <= 2 * limit_) return;
    paused_ = true;
    source_->pause_reading();
}

void ReaderCore::feed_eof() noexcept {
    eof_ = true;
    wake();
}

void ReaderCore::set_exception(std::exception_ptr error) noexcept {
    error_ = std::move(error);
    if (waiting_) waiting_->fail(error_);
    wake();
}

std::string ReaderCore::take(std::size_t count) {
    const std::string_view all = buffer_.view();
    std::string taken(all.substr(0, count));
    buffer_.consume(taken.size());
    resume_source();
    return taken;
}

void ReaderCore::resume_source() noexcept {
    if (!paused_ || buffer_.size() > limit_) return;
    paused_ = false;
    if (source_) source_->resume_reading();
}

Coro<std::string> ReaderCore::read(Ref<ReaderCore> core, std::ptrdiff_t count) {
    core->check_error();
    if (count == 0) co_return std::string();
    if (count < 0) co_return co_await read_all(core);
    if (core->buffer_.empty() && !core->eof_) co_await core->wait_for_data("read");
    co_return core->take(static_cast<std::size_t>(count));
}

Coro<std::string> ReaderCore::read_all(Ref<ReaderCore> core) {
    std::string all;
    while (true) {
        core->check_error();
        if (core->buffer_.empty() && !core->eof_) co_await core->wait_for_data("read");
        if (core->buffer_.empty()) co_return all;
        all += core->take(core->limit_);
    }
}

Coro<std::string> ReaderCore::readexactly(Ref<ReaderCore> core, std::ptrdiff_t wanted) {
    if (wanted < 0) throw ValueError("readexactly size can not be less than zero");
    core->check_error();
    const auto count = static_cast<std::size_t>(wanted);
    while (core->buffer_.size() < count) {
        if (core->eof_) throw IncompleteReadError(core->take(count), count);
        co_await core->wait_for_data("readexactly");
    }
    co_return core->take(count);
}

/// Looks at no byte twice, but for those that may begin a separator.
Coro<ReaderCore::Search> ReaderCore::find(Ref<ReaderCore> core, std::string_view separator) {
    using Outcome = Search::Outcome;
    core->check_error();
    std::size_t searched = 0;
    while (true) {
        const std::string_view bytes = core->buffer_.view();
        if (bytes.size() >= searched + separator.size()) {
            const std::size_t position = bytes.find(separator, searched);
            if (position != std::string_view::npos)
                co_return Search{position > core->limit_ ? Outcome::found_too_late : Outcome::found, position};
            searched = bytes.size() + 1 - separator.size();
            if (searched > core->limit_) co_return Search{Outcome::too_long, searched};
        }
        if (core->eof_) co_return Search{Outcome::end_of_stream, bytes.size()};
        co_await core->wait_for_data("readuntil");
    }
}

namespace {

constexpr const char* too_long_text = "Separator is not found, and chunk exceed the limit";
constexpr const char* found_too_late_text = "Separator is found, but chunk is longer than limit";

}  // namespace

Coro<std::string> ReaderCore::readuntil(Ref<ReaderCore> core, std::string separator) {
    using Outcome = Search::Outcome;
    if (separator.empty()) throw ValueError("Separator should be at least one-byte string");
    const Search search = co_await find(core, separator);
    if (search.outcome == Outcome::end_of_stream) throw IncompleteReadError(core->take(search.position), std::nullopt);
    if (search.outcome == Outcome::too_long) throw LimitOverrunError(too_long_text, search.position);
    if (search.outcome == Outcome::found_too_late) throw LimitOverrunError(found_too_late_text, search.position);
    co_return core->take(search.position + separator.size());
}

Coro<std::string> ReaderCore::readline(Ref<ReaderCore> core) {
    using Outcome = Search::Outcome;
    const Search search = co_await find(core, "\n");
    if (search.outcome == Outcome::found) co_return core->take(search.position + 1);
    if (search.outcome == Outcome::end_of_stream) co_return core->take(search.position);
    // The next line can still be read: this one is dropped.
    const bool late = search.outcome == Outcome::found_too_late;
    core->buffer_.consume(late ? search.position + 1 : core->buffer_.size());
    core->resume_source();
    throw ValueError(late ? found_too_late_text : too_long_text);
}

}  // namespace aio::detail
