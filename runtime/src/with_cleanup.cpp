// with_cleanup.cpp - nests the error of a body in another
#include "aio/with_cleanup.h"

#include "aio/errors.h"
#include "aio/exception_group.h"

#include <stdexcept>
#include <typeinfo>

namespace aio::detail {

namespace {

/// Throws a copy of \p thrown with \p original nested if its type is exactly E.
template <class E, class Base>
void nest(const Base& thrown, const std::exception_ptr& original) {
    if (typeid(thrown) != typeid(E)) return;
    try {
        std::rethrow_exception(original);
    } catch (...) {
        std::throw_with_nested(static_cast<const E&>(thrown));
    }
}

template <class... E, class Base>
void nest_first_of(const Base& thrown, const std::exception_ptr& original) {
    (nest<E>(thrown, original), ...);
}

}  // namespace

void rethrow_with_nested(std::exception_ptr original) {
    // Only known types can be copied; others are rethrown as they are.
    try {
        throw;
    } catch (const BaseError& thrown) {
        nest_first_of<CancelledError, SystemExit, KeyboardInterrupt>(thrown, original);
        throw;
    } catch (const std::exception& thrown) {
        nest_first_of<Error, InvalidStateError, TimeoutError, RuntimeError, ValueError, TypeError, ExecutorShutdown,
                      ExceptionGroup, std::runtime_error, std::logic_error, std::invalid_argument, std::out_of_range,
                      std::range_error>(thrown, original);
        throw;
    }
}

}  // namespace aio::detail
