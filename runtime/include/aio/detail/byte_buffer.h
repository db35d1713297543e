// byte_buffer.h - bytes that wait their turn
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace aio::detail {

/// Contiguous bytes. Memory is kept for reuse, but not much when nothing is left.
class ByteBuffer {
public:
    [[nodiscard]] std::size_t size() const noexcept { return end_ - begin_; }
    [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
    /// Valid until the next change.
    [[nodiscard]] std::string_view view() const noexcept { return {data_.get() + begin_, size()}; }

    /// Room for \p count more bytes; commit() those that were filled.
    [[nodiscard]] char* prepare(std::size_t count);
    void commit(std::size_t count) noexcept { end_ += count; }

    void append(std::string_view bytes);
    /// Removes the first \p count bytes.
    void consume(std::size_t count) noexcept;
    void clear() noexcept { consume(size()); }

private:
    std::unique_ptr<char[]> data_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace aio::detail
