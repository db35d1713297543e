// virtual_run.h - runs a test's coroutine without real waiting
#pragma once

#include <aio/aio.h>

#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace aio_test {

using namespace std::chrono_literals;

/// Runs \p coro on a loop with a virtual clock and cleans up.
template <class T>
T run_virtually(aio::Coro<T> coro) {
    aio::TestClock clock;
    return aio::run(std::move(coro), {.clock = &clock});
}

/// A vector of \p items; GCC 12 rejects braced lists beside a co_await.
template <class T, class... More>
std::vector<T> list(T first, More... items) {
    std::vector<T> all;
    all.push_back(std::move(first));
    (all.push_back(std::move(items)), ...);
    return all;
}

/// Collects the reports of a loop's exception handler.
struct Reports {
    explicit Reports(aio::Loop& loop) {
        loop.set_exception_handler([this](aio::Loop&, const aio::ExceptionContext& context) {
            messages.push_back(context.message);
            errors.push_back(aio::describe(context.exception));
        });
    }

    std::vector<std::string> messages;
    std::vector<std::string> errors;
};

/// Counts its destructions, but not those of moved-from objects.
class Probe {
public:
    explicit Probe(int* destroyed) noexcept : destroyed_(destroyed) {}
    Probe(Probe&& other) noexcept : destroyed_(std::exchange(other.destroyed_, nullptr)) {}
    Probe& operator=(Probe&& other) noexcept {
        std::swap(destroyed_, other.destroyed_);
        return *this;
    }
    ~Probe() {
        if (destroyed_) ++*destroyed_;
    }

private:
    int* destroyed_;
};

/// Appends a name to a list when it is destroyed.
class Farewell {
public:
    Farewell(std::vector<std::string>& list, std::string name) : list_(list), name_(std::move(name)) {}
    Farewell(const Farewell&) = delete;
    Farewell& operator=(const Farewell&) = delete;
    ~Farewell() { list_.push_back(name_); }

private:
    std::vector<std::string>& list_;
    std::string name_;
};

/// "FILE:LINE", as reports name the place of \p where.
inline std::string place_of(const std::source_location& where) {
    return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

/// The message of the error that \p call throws, or "no error".
template <class Error, class F>
std::string message_of(F&& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

}  // namespace aio_test
