// remote_error.cpp - exceptions that come from another process
#include "aio/remote_error.h"

#include "aio/detail/remote_failure.h"
#include "aio/detail/type_name.h"

#include <cxxabi.h>
#include <cstdlib>
#include <mutex>
#include <new>
#include <string>
#include <system_error>
#include <unordered_map>

namespace aio::detail {

namespace {

/// The parts of an exception that travel.
struct Failure {
    std::string type;  // mangled
    std::string text;
    int code = 0;           // of a system_error
    bool is_errno = false;  // its category is the generic or the system one
};

void aio_save(Saver& out, const Failure& failure) { out(failure.type, failure.text, failure.code, failure.is_errno); }
void aio_load(Loader& in, Failure& failure) { in(failure.type, failure.text, failure.code, failure.is_errno); }

template <class E>
std::exception_ptr make(const std::string& text) {
    return std::make_exception_ptr(E(text));
}

/// The makers by mangled type name.
class Registry {
public:
    Registry() {
        add<Error, InvalidStateError, TimeoutError, RuntimeError, ValueError, TypeError, LookupError, QueueEmpty,
            QueueFull, BrokenBarrierError, ExecutorShutdown, BrokenProcessPool, CancelledError, KeyboardInterrupt,
            GeneratorExit>();
        add<std::runtime_error, std::logic_error, std::invalid_argument, std::domain_error, std::length_error,
            std::out_of_range, std::range_error, std::overflow_error, std::underflow_error>();
        add(typeid(SystemExit),
            [](const std::string& text) { return std::make_exception_ptr(SystemExit(std::atoi(text.c_str()))); });
        add(typeid(std::bad_alloc), [](const std::string&) { return std::make_exception_ptr(std::bad_alloc()); });
    }

    void add(const std::type_info& type, RemoteErrorMaker maker) {
        const std::lock_guard lock(mutex_);
        makers_[type.name()] = maker;
    }
    [[nodiscard]] RemoteErrorMaker find(const std::string& type) {
        const std::lock_guard lock(mutex_);
        const auto found = makers_.find(type);
        return found == makers_.end() ? nullptr : found->second;
    }

private:
    template <class... E>
    void add() {
        (add(typeid(E), &make<E>), ...);
    }

    std::mutex mutex_;
    std::unordered_map<std::string, RemoteErrorMaker> makers_;
};

Registry& registry() {
    static Registry all;
    return all;
}

/// what() of a user's type may be null, which no std::string is made from.
std::string text_of(const char* what) { return what ? what : ""; }

/// Gives the code back to an error of the operating system.
std::exception_ptr make_system_error(const Failure& failure) {
    const std::error_code code(failure.code, std::generic_category());
    // what() is the text given at construction, a colon and the code's message.
    const std::string ending = ": " + code.message();
    if (failure.text.ends_with(ending))
        return std::make_exception_ptr(
            std::system_error(code, failure.text.substr(0, failure.text.size() - ending.size())));
    return std::make_exception_ptr(std::system_error(code));
}

}  // namespace

void register_remote_error(const std::type_info& type, RemoteErrorMaker maker) { registry().add(type, maker); }

void save_error(Saver& out, const std::exception_ptr& error) {
    Failure failure;
    try {
        std::rethrow_exception(error);
    } catch (const std::system_error& known) {
        const auto& category = known.code().category();
        failure = {.type = typeid(known).name(),
                   .text = text_of(known.what()),
                   .code = known.code().value(),
                   .is_errno = category == std::generic_category() || category == std::system_category()};
    } catch (const std::exception& known) {
        failure = {.type = typeid(known).name(), .text = text_of(known.what())};
    } catch (const BaseError& known) {
        failure = {.type = typeid(known).name(), .text = text_of(known.what())};
    } catch (...) {
        if (const std::type_info* type = abi::__cxa_current_exception_type()) failure.type = type->name();
        failure.text = "exception of type " + type_name(failure.type.c_str());
    }
    out(failure);
}

std::exception_ptr load_error(Loader& in) {
    const auto failure = in.load<Failure>();
    if (const RemoteErrorMaker maker = registry().find(failure.type)) return maker(failure.text);
    if (failure.is_errno && failure.type == typeid(std::system_error).name()) return make_system_error(failure);
    return std::make_exception_ptr(RemoteError(type_name(failure.type.c_str()), failure.text));
}

}  // namespace aio::detail
