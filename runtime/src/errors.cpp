// errors.cpp - what errors are and say
#include "aio/errors.h"

#include "aio/detail/holds.h"
#include "aio/detail/loop_core.h"
#include "aio/detail/type_name.h"
#include "aio/exception_context.h"

#include <cxxabi.h>
#include <string>
#include <typeinfo>

namespace aio {

BaseError::~BaseError() = default;

std::string describe(const std::exception_ptr& error) {
    if (!error) return {};
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& known) {
        return detail::type_name(typeid(known)) + ": " + known.what();
    } catch (const BaseError& known) {
        return detail::type_name(typeid(known)) + ": " + known.what();
    } catch (...) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        return type ? detail::type_name(*type) : "unknown exception";
    }
}

namespace detail {

bool is_cancellation(const std::exception_ptr& error) noexcept { return holds<CancelledError>(error); }

bool is_exit_request(const std::exception_ptr& error) noexcept {
    if (!error) return false;
    // One handler for both: each look at an error costs as much as throwing it.
    try {
        std::rethrow_exception(error);
    } catch (const SystemExit&) {
        return true;
    } catch (const KeyboardInterrupt&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace detail
}  // namespace aio
