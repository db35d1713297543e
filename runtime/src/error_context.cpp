// error_context.cpp - the error during whose handling another was thrown
#include "aio/detail/error_context.h"

#include "aio/detail/holds.h"
#include "aio/errors.h"
#include "aio/exception_context.h"
#include "aio/exception_group.h"
#include "aio/process_lookup_error.h"
#include "aio/remote_error.h"
#include "aio/stream_errors.h"

#include <any>
#include <filesystem>
#include <functional>
#include <ios>
#include <new>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <typeinfo>
#include <variant>

namespace aio::detail {

namespace {

/// Throws a copy of \p thrown with the current exception nested in it if its type
/// is exactly one of \p E: a copy as a base class would lose the rest.
template <class... E, class Base>
void nest_if_one_of(const Base& thrown) {
    const auto nest = [&]<class Each>(const Each*) {
        if (typeid(thrown) == typeid(Each)) std::throw_with_nested(dynamic_cast<const Each&>(thrown));
    };
    (nest(static_cast<const E*>(nullptr)), ...);
}

void nest(const BaseError& thrown) {
    nest_if_one_of<CancelledError, SystemExit, KeyboardInterrupt, GeneratorExit>(thrown);
}

void nest(const Error& thrown) {
    nest_if_one_of<Error, InvalidStateError, TimeoutError, RuntimeError, ValueError, TypeError, LookupError, QueueEmpty,
                   QueueFull, BrokenBarrierError, ExecutorShutdown, BrokenProcessPool, ExceptionGroup, RemoteError,
                   IncompleteReadError, LimitOverrunError>(thrown);
}

void nest(const std::exception& thrown) {
    nest_if_one_of<std::runtime_error, std::range_error, std::overflow_error, std::underflow_error, std::logic_error,
                   std::invalid_argument, std::domain_error, std::length_error, std::out_of_range>(thrown);
    nest_if_one_of<std::system_error, ConnectionError, ConnectionResetError, BrokenPipeError, ConnectionRefusedError,
                   ConnectionAbortedError, ProcessLookupError, std::filesystem::filesystem_error,
                   std::ios_base::failure>(thrown);
    nest_if_one_of<std::exception, std::bad_alloc, std::bad_array_new_length, std::bad_exception, std::bad_cast,
                   std::bad_typeid, std::bad_optional_access, std::bad_variant_access, std::bad_any_cast,
                   std::bad_function_call>(thrown);
}

/// Tells the handler of \p original, which no exception carries on. A cancellation
/// that another error replaces is none the worse for it.
void report_replaced(const std::exception_ptr& original) {
    LoopCore* loop = running_core();
    if (!loop || holds<BaseError>(original)) return;
    loop->report({.message = "Exception was replaced by that of its cleanup",
                  .exception = original,
                  .task = TaskBase(Ref<TaskCore>(loop->current()))});
}

/// As above, while \p thrown is the current exception.
template <class Base>
[[noreturn]] void rethrow(const Base& thrown, const std::exception_ptr& original) {
    try {
        std::rethrow_exception(original);
    } catch (...) {
        nest(thrown);
    }
    report_replaced(original);
    throw;
}

}  // namespace

void rethrow_in_context(std::exception_ptr original) {
    if (!original) throw;
    try {
        throw;
    } catch (const BaseError& thrown) {
        rethrow(thrown, original);
    } catch (const Error& thrown) {
        rethrow(thrown, original);
    } catch (const std::exception& thrown) {
        rethrow(thrown, original);
    } catch (...) {
        report_replaced(original);
        throw;
    }
}

}  // namespace aio::detail
