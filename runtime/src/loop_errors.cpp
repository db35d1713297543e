// loop_errors.cpp - what a loop does with errors that nobody sees
#include "aio/detail/type_name.h"
#include "aio/exception_context.h"

#include <cstdio>

namespace aio {

namespace detail {

void LoopCore::report_callback(const std::type_info& callback, HandleState* handle, FutureState* future) {
    if (is_exit_request(std::current_exception())) throw;
    call_exception_handler({.message = "Exception in callback",
                            .exception = std::current_exception(),
                            .future = FutureBase(Ref<FutureState>(future)),
                            .handle = Handle(Ref<HandleState>(handle)),
                            .callback = type_name(callback)});
}

namespace {

std::string text_of(const ExceptionContext& context) {
    std::string text = context.message.empty() ? "Unhandled exception in event loop" : context.message;
    if (!context.callback.empty()) text += " " + context.callback;
    if (context.future.valid()) text += "\nfuture: " + context.future.state()->describe();
    if (context.task && !(context.task == context.future)) text += "\ntask: " + context.task.describe();
    if (context.source_location.line() != 0) {
        text += std::string("\nObject created at ") + context.source_location.file_name();
        text += ":" + std::to_string(context.source_location.line());
    }
    if (context.exception) text += "\n" + describe(context.exception);
    return text + "\n";
}

void print(const ExceptionContext& context) noexcept {
    try {
        std::fputs(text_of(context).c_str(), stderr);
    } catch (...) {
        std::fputs("aio: an error report did not fit into memory\n", stderr);
    }
}

}  // namespace

void LoopCore::call_exception_handler(const ExceptionContext& context) {
    if (!exception_handler_ || !owner_) return print(context);
    try {
        // A copy: the handler may replace itself.
        const ExceptionHandler handler = exception_handler_;
        handler(*owner_, context);
    } catch (const SystemExit&) {
        throw;
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (...) {
        print({.message = "Unhandled error in exception handler", .exception = std::current_exception()});
        print(context);
    }
}

void LoopCore::report(const ExceptionContext& context) noexcept {
    try {
        call_exception_handler(context);
    } catch (...) {
        // As what __del__ raises in Python: a destructor cannot pass it on.
        print({.message = "Exception ignored in exception handler", .exception = std::current_exception()});
        print(context);
    }
}

}  // namespace detail

void Loop::default_exception_handler(const ExceptionContext& context) { detail::print(context); }

void Loop::call_exception_handler(const ExceptionContext& context) {
    core_->check_thread();
    core_->call_exception_handler(context);
}

void Loop::replace_exception_handler(std::function<void(Loop&, const ExceptionContext&)> handler) {
    core_->check_thread();
    core_->set_exception_handler(std::move(handler));
}

}  // namespace aio
