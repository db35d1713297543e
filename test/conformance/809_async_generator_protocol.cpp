// 809_async_generator_protocol.cpp - next(), asend(), athrow() and aclose() in every state
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::KeyError;
using conformance::text;

namespace {

struct Finally {
    explicit Finally(int number) : n(number) {}
    Finally(const Finally&) = delete;
    Finally& operator=(const Finally&) = delete;
    ~Finally() { std::printf("finally %d\n", n); }
    int n;
};

aio::AsyncGenerator<int> count(int n) {
    const Finally at_the_end(n);
    for (int i = 0; i < n; ++i) {
        co_await aio::yield();
        co_yield i;
    }
    std::printf("exhausted\n");
}
aio::AsyncGenerator<std::string, std::string> echo() {
    std::string got = "nothing";
    while (true) {
        try {
            got = (co_yield got).value();
        } catch (const aio::ValueError& error) {
            got = std::string("caught ") + error.what();
        }
    }
}
aio::AsyncGenerator<int> stubborn() {
    try {
        co_yield 1;
    } catch (const aio::GeneratorExit&) {
        static_cast<void>(0);
    }
    co_yield 2;
}
aio::AsyncGenerator<int> failing() {
    co_yield 1;
    throw KeyError("gen");
}
aio::AsyncGenerator<int> closing_fails() {
    try {
        co_yield 1;
    } catch (const aio::GeneratorExit&) {
        throw KeyError("closing");
    }
}
aio::AsyncGenerator<int> slow() {
    co_await aio::sleep(10ms);
    co_yield 1;
}
template <class Generator>
aio::Coro<> over(Generator& generator) {
    const auto next = co_await generator.next();
    std::printf("over: %s\n", text(!next));
}
template <class Error>
std::exception_ptr error_of(const char* message) {
    return std::make_exception_ptr(Error(message));
}

aio::Coro<> early_ends() {
    auto unused = count(5);
    co_await unused.aclose();
    co_await over(unused);
    auto thrown = count(5);
    try {
        co_await thrown.athrow(error_of<aio::ValueError>("early"));
    } catch (const aio::ValueError& error) {
        std::printf("athrow before the start: %s\n", error.what());
    }
    co_await over(thrown);
    auto left = count(5);
    int last = 0;
    while (auto value = co_await left.next()) {
        last = *value;
        if (last == 1) break;
    }
    const auto next = co_await left.next();
    std::printf("left at %d goes on at %d\n", last, *next);
    co_await left.aclose();
    co_await left.aclose();
    co_await over(left);
}
aio::Coro<> ends() {
    std::vector<int> values;
    co_await aio::for_each(count(2), [&](int value) { values.push_back(value); });
    std::printf("%s\n", text(values).c_str());
    auto one = count(1);
    const auto first = co_await one.next();
    std::printf("%d\n", *first);
    co_await over(one);
    co_await over(one);
    co_await one.aclose();
    co_await early_ends();
}

aio::Coro<> messages() {
    auto generator = echo();
    try {
        co_await generator.asend("too early");
    } catch (const aio::TypeError& error) {
        std::printf("TypeError: %s\n", error.what());
    }
    const auto a = co_await generator.next();
    const auto b = co_await generator.asend("A");
    const auto c = co_await generator.athrow(error_of<aio::ValueError>("thrown"));
    const auto d = co_await generator.asend("B");
    std::printf("%s %s %s %s\n", a->c_str(), b->c_str(), c->c_str(), d->c_str());
    co_await generator.aclose();
    co_await over(generator);
}

/// Awaits \p operation and shows the error that it ends with.
template <class Operation>
aio::Coro<> shown_error(Operation operation) {
    try {
        co_await std::move(operation);
    } catch (const KeyError& error) {
        std::printf("KeyError '%s'\n", error.what());
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
}
aio::Coro<> errors() {
    auto yields_again = stubborn();
    co_await yields_again.next();
    co_await shown_error(yields_again.aclose());
    auto fails = failing();
    const auto first = co_await fails.next();
    std::printf("%d\n", *first);
    co_await shown_error(fails.next());
    co_await over(fails);
    auto fails_late = closing_fails();
    co_await fails_late.next();
    co_await shown_error(fails_late.aclose());
    auto counting = count(3);
    co_await counting.next();
    co_await shown_error(counting.athrow(error_of<KeyError>("not caught")));
    const auto nothing = co_await counting.athrow(error_of<KeyError>("nobody to throw at"));
    std::printf("%s\n", nothing ? "something" : "None");
}

aio::Coro<int> first_of(aio::AsyncGenerator<int>& generator) {
    const auto value = co_await generator.next();
    co_return *value;
}
aio::Coro<> two_callers() {
    auto generator = slow();
    auto task = aio::create_task(first_of(generator));
    co_await aio::yield();
    co_await shown_error(generator.next());
    co_await shown_error(generator.aclose());
    co_await shown_error(generator.athrow(error_of<aio::ValueError>("")));
    const int value = co_await task;
    std::printf("%d\n", value);
    co_await generator.aclose();
}

aio::Coro<> dropped() {
    {
        auto generator = count(7);
        co_await generator.next();
    }
    std::printf("dropped\n");
    co_await aio::yield();
    co_await aio::yield();
    std::printf("later\n");
}

aio::Coro<> main_coro() {
    co_await ends();
    co_await messages();
    co_await errors();
    co_await two_callers();
    co_await dropped();
}

}  // namespace

void scenario_809() { aio::run(main_coro()); }
