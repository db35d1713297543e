// operation.h - an operation on an object, before it is awaited
#pragma once

namespace aio::detail {

/// What the awaitable functions of Lock and its like return.
///
/// Small and movable, so that it can be given to gather(); \p Awaiter is made in
/// the frame of the coroutine that awaits it. \p Object must outlive both.
template <class T, class Awaiter, class Object>
class [[nodiscard("nothing happens until it is awaited")]] Operation {
public:
    using value_type = T;

    explicit Operation(Object& object) noexcept : object_(&object) {}
    auto operator co_await() const noexcept { return Awaiter(*object_); }

private:
    Object* object_;
};

}  // namespace aio::detail
