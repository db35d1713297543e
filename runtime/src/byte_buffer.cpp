// byte_buffer.cpp - bytes that wait their turn
#include "aio/detail/byte_buffer.h"

#include <algorithm>
#include <cstring>

namespace aio::detail {

namespace {

constexpr std::size_t kept_when_empty = std::size_t{256} * 1024;

}  // namespace

char* ByteBuffer::prepare(std::size_t count) {
    if (capacity_ - end_ >= count) return data_.get() + end_;
    const std::size_t used = size();
    // Moving is worth it only if it is rare: at least half must be free.
    if (capacity_ - used >= count && used <= capacity_ / 2) {
        if (used > 0) std::memmove(data_.get(), data_.get() + begin_, used);
    } else {
        const std::size_t capacity = std::max(used + count, 2 * used);
        std::unique_ptr<char[]> larger(new char[capacity]);
        if (used > 0) std::memcpy(larger.get(), data_.get() + begin_, used);
        data_ = std::move(larger);
        capacity_ = capacity;
    }
    begin_ = 0;
    end_ = used;
    return data_.get() + end_;
}

void ByteBuffer::append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(prepare(bytes.size()), bytes.data(), bytes.size());
    commit(bytes.size());
}

void ByteBuffer::consume(std::size_t count) noexcept {
    begin_ += count;
    if (begin_ != end_) return;
    begin_ = end_ = 0;
    if (capacity_ <= kept_when_empty) return;
    data_.reset();
    capacity_ = 0;
}

}  // namespace aio::detail
