// 810_context_variables.cpp - which code sees which value
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

const aio::ContextVar<std::string> v("v", "default");
const aio::ContextVar<std::string> unset("unset");

aio::Coro<> child(std::string tag) {
    std::printf("%s sees %s\n", tag.c_str(), v.get().c_str());
    v.set(tag);
    co_await aio::yield();
    std::printf("%s keeps %s\n", tag.c_str(), v.get().c_str());
}
aio::Coro<> setter() {
    v.set("setter");
    co_return;
}
void show(const char* what) { std::printf("%s %s\n", what, v.get().c_str()); }
void show() { std::printf("%s\n", v.get().c_str()); }

/// The part of a message that names no object.
std::string reason(const aio::Error& error) {
    const std::string all = error.what();
    return all.substr(all.rfind('>') + 2);
}
void refused(aio::Token<std::string>& token) {
    try {
        v.reset(token);
    } catch (const aio::Error& error) {
        const std::string type = conformance::type_name(std::current_exception());
        std::printf("%s %s\n", type.c_str(), reason(error).c_str());
    }
}
aio::Coro<> tokens() {
    try {
        static_cast<void>(unset.get());
    } catch (const aio::LookupError&) {
        std::printf("LookupError %s\n", unset.get("fallback").c_str());
    }
    auto first = v.set("a");
    auto second = v.set("b");
    std::printf("%s\n", second.old_value()->c_str());
    v.reset(second);
    show();
    refused(second);
    auto elsewhere = aio::copy_context().run([] { return v.set("elsewhere"); });
    refused(elsewhere);
    co_return;
}

aio::Coro<> tasks() {
    v.set("main");
    co_await aio::gather(child("A"), child("B"));
    show();
    auto task = aio::create_task(child("C"));
    v.set("later");
    co_await task;
    co_await aio::create_task(setter());
    show();
    co_await setter();
    show();
}

aio::Coro<> callbacks() {
    auto& loop = aio::get_running_loop();
    auto future = loop.create_future<int>();
    v.set("1");
    loop.call_soon([] {
        show("soon");
        v.set("by soon");
    });
    v.set("2");
    loop.call_later(0s, [] { show("later"); });
    v.set("3");
    future.add_done_callback([] { show("done"); });
    loop.call_soon_threadsafe([] { show("threadsafe"); });
    v.set("4");
    future.set_result(0);
    co_await aio::sleep(10ms);
    show();
}

aio::Coro<> explicit_contexts() {
    auto context = aio::copy_context();
    context.run([] { v.set("ctx"); });
    std::printf("%s %s %s %s %s\n", v.get().c_str(), context.get(v)->c_str(), text(context.contains(v)),
                text(context.contains(unset)), context.get(unset, "?").c_str());
    auto a = aio::create_task(child("D"), {.context = &context});
    auto b = aio::create_task(child("E"), {.context = &context});
    co_await a;
    co_await b;
    std::printf("%s %s\n", context.get(v)->c_str(), v.get().c_str());
    aio::get_running_loop().call_soon([] { show("in ctx"); }, context);
    co_await aio::yield();
    try {
        context.run([&] { context.run([] {}); });
    } catch (const aio::RuntimeError& error) {
        const std::string all = error.what();
        std::printf("RuntimeError %s\n", all.substr(0, all.find(':')).c_str());
    }
    auto copy = context.copy();
    copy.run([] { v.set("copy"); });
    const std::string nowhere = aio::Context().run([] { return v.get(); });
    std::printf("%s %s %s %zu\n", context.get(v)->c_str(), copy.get(v)->c_str(), nowhere.c_str(),
                aio::Context().size());
    const auto body = [&](aio::TaskGroup& group) -> aio::Coro<> {
        group.create_task(child("F"), {.context = &context});
        group.create_task(child("G"));
        co_return;
    };
    co_await aio::with_task_group(body);
    std::printf("%s %s\n", context.get(v)->c_str(), v.get().c_str());
}

aio::AsyncGenerator<std::string> generator() {
    v.set("g1");
    co_yield v.get();
    co_yield v.get();
}
aio::Coro<> scopes() {
    v.set("s");
    co_await aio::wait_for(setter(), 1s);
    show("wait_for");
    co_await aio::shield(setter());
    show("shield");
    co_await aio::timeout(1s, [](aio::Timeout&) -> aio::Coro<> { co_await setter(); });
    show("timeout");
    v.set("g");
    auto values = generator();
    auto value = co_await values.next();
    show(value->c_str());
    v.set("between");
    value = co_await values.next();
    std::printf("%s\n", value->c_str());
    co_await values.aclose();
    const auto in_thread = [] {
        std::string seen = v.get();
        v.set("thread");
        return seen;
    };
    const std::string copied = co_await aio::to_thread(in_thread);
    const std::string bare = co_await aio::get_running_loop().run_in_executor(nullptr, [] { return v.get(); });
    std::printf("%s %s %s\n", copied.c_str(), v.get().c_str(), bare.c_str());
}

aio::Coro<> main_coro() {
    co_await tokens();
    co_await tasks();
    co_await callbacks();
    co_await explicit_contexts();
    co_await scopes();
}
aio::Coro<std::string> value_in_task() { co_return v.get(); }

}  // namespace

void scenario_810() {
    aio::run(main_coro());
    show("outside");
    aio::Runner runner;
    runner.run(setter());
    const std::string kept = runner.run(value_in_task());
    std::printf("%s %s\n", kept.c_str(), v.get().c_str());
}
