// process_job.h - one call of a function in another process
#pragma once

#include "aio/detail/code_address.h"
#include "aio/detail/executor_op.h"
#include "aio/serialize.h"

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace aio::detail {

/// How a job runs in the worker: reads the function and its arguments from
/// \p request and appends the result to \p reply.
using JobEntry = void (*)(Loader& request, Saver& reply);

/// A job as the pool sees it: bytes there, bytes back.
class ProcessJob {
public:
    ProcessJob(std::shared_ptr<ExecutorCall> call, std::string request) noexcept
        : call_(std::move(call)), request_(std::move(request)) {}
    ProcessJob(const ProcessJob&) = delete;
    ProcessJob& operator=(const ProcessJob&) = delete;
    /// Cancels the future when the job did not run.
    virtual ~ProcessJob() {
        if (call_) call_->drop();
    }

    /// Claims the job for a worker; false when it was cancelled before.
    [[nodiscard]] bool begin() noexcept { return call_->begin(); }
    /// What the worker reads; the pool may take it apart once it is sent.
    [[nodiscard]] std::string& request() noexcept { return request_; }
    /// Ends a job that has begun with what the worker has answered.
    void finish(std::string_view reply);
    /// Ends a job that has begun with an error.
    void fail(std::exception_ptr error);

protected:
    /// Reads the result into the future's operation.
    virtual void accept(Loader& reply) = 0;

private:
    std::shared_ptr<ExecutorCall> call_;
    std::string request_;
};

template <class T>
class TypedProcessJob final : public ProcessJob {
public:
    TypedProcessJob(std::shared_ptr<ExecutorOp<T>> op, std::string request)
        : ProcessJob(op, std::move(request)), op_(std::move(op)) {}

private:
    void accept(Loader& reply) override {
        const auto load = [&]() -> T {
            if constexpr (!std::is_void_v<T>) return reply.load<T>();
        };
        std::tuple<> nothing;
        op_->call(load, nothing);
    }

    std::shared_ptr<ExecutorOp<T>> op_;
};

/// A parameter that can be filled from an object of the worker.
template <class P>
concept SendableParameter = Serializable<std::remove_cvref_t<P>> &&
                            (!std::is_lvalue_reference_v<P> || std::is_const_v<std::remove_reference_t<P>>);

/// A result that can be sent back.
template <class R>
concept SendableResult = std::is_void_v<R> || (!std::is_reference_v<R> && Serializable<std::remove_cv_t<R>>);

/// Functions, and what converts to one with a plus sign in front: lambdas
/// without captures.
template <class F>
concept PlainFunction = requires(F f) {
    +f;
    requires std::is_function_v<std::remove_pointer_t<decltype(+f)>>;
};

/// Calls functions of one type across processes.
template <class Function>
struct RemoteCall;

template <class R, class... P>
struct RemoteCall<R (*)(P...)> {
    static_assert((SendableParameter<P> && ...),
                  "the parameters of a function that runs in a process pool must be Serializable values: "
                  "no pointers, views or references to what the function may change");
    static_assert(SendableResult<R>,
                  "the result of a function that runs in a process pool must be a Serializable value: "
                  "no pointer, view or reference");

    using Function = R (*)(P...);
    using result_type = R;
    using Arguments = std::tuple<std::remove_cvref_t<P>...>;
    static constexpr std::size_t arity = sizeof...(P);

    /// The bytes of a call of \p function.
    static std::string request(Function function, const Arguments& arguments) {
        Saver out;
        out(CodeAddress::of(reinterpret_cast<std::uintptr_t>(static_cast<JobEntry>(&run))),
            CodeAddress::of(reinterpret_cast<std::uintptr_t>(function)), arguments);
        return std::move(out.bytes());
    }

    /// The worker's part.
    static void run(Loader& in, Saver& out) {
        const auto function = reinterpret_cast<Function>(in.load<CodeAddress>().resolve());
        auto arguments = in.load<Arguments>();
        const auto call = [function](auto&... values) -> R { return function(static_cast<P&&>(values)...); };
        if constexpr (std::is_void_v<R>)
            std::apply(call, arguments);
        else
            out(static_cast<const std::remove_cv_t<R>&>(std::apply(call, arguments)));
    }
};
template <class R, class... P>
struct RemoteCall<R (*)(P...) noexcept> : RemoteCall<R (*)(P...)> {};

template <class F>
using RemoteCallOf = RemoteCall<decltype(+std::declval<F&>())>;

}  // namespace aio::detail
