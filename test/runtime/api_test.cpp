// api_test.cpp - every signature of the API, as its users write it
//
// Compiling is the test: results are looked at elsewhere. Whoever changes a
// signature sees here what users will notice.
#include <aio/aio.h>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using namespace std::chrono_literals;

aio::Coro<int> number(int value) { co_return value; }
aio::Coro<> nothing() { co_return; }

template <class T, class... Bases>
constexpr bool derives = (std::is_base_of_v<Bases, T> && ...);

void errors() {
    static_assert(derives<aio::Error, std::runtime_error>);
    static_assert(!derives<aio::BaseError, std::exception>);
    static_assert(derives<aio::CancelledError, aio::BaseError> && derives<aio::SystemExit, aio::BaseError>);
    static_assert(derives<aio::KeyboardInterrupt, aio::BaseError> && derives<aio::GeneratorExit, aio::BaseError>);
    static_assert(derives<aio::InvalidStateError, aio::Error> && derives<aio::TimeoutError, aio::Error>);
    static_assert(derives<aio::RuntimeError, aio::Error> && derives<aio::ValueError, aio::Error>);
    static_assert(derives<aio::TypeError, aio::Error> && derives<aio::QueueEmpty, aio::Error>);
    static_assert(derives<aio::QueueFull, aio::Error> && derives<aio::ExecutorShutdown, aio::Error>);
    static_assert(derives<aio::BrokenBarrierError, aio::Error> && derives<aio::BrokenProcessPool, aio::Error>);
    static_assert(derives<aio::ExceptionGroup, aio::Error, aio::BaseExceptionGroup>);
    const aio::CancelledError cancelled("why");
    const aio::SystemExit exit(3);
    static_cast<void>(exit.code() + cancelled.what()[0]);
    const aio::ExceptionGroup group("errors", {std::make_exception_ptr(aio::ValueError("x"))});
    const auto [found, rest] = group.split<aio::ValueError>();
    static_cast<void>(group.subgroup<aio::ValueError>());
    group.for_each<aio::ValueError>([](const aio::ValueError&) {});
    try {
        throw aio::ExceptionGroup(group);
    } catch (const aio::BaseExceptionGroup& base) {
        static_cast<void>(base.message() + std::to_string(base.exceptions().size()));
    }
}

aio::Coro<> coroutines() {
    aio::Coro<int> coro = number(1);
    aio::Coro<int> moved = std::move(coro);
    const std::string_view name = moved.name();
    const std::source_location where = moved.where();
    static_cast<void>(name.size() + where.line() + (moved.valid() ? 1U : 0U));
    static_cast<void>(co_await std::move(moved));
    auto unused = nothing();
    unused.close();
}

aio::Coro<> futures(aio::Loop& loop) {
    aio::Future<int> future = loop.create_future<int>();
    const aio::CallbackId id = future.add_done_callback([](aio::FutureBase&) {});
    future.add_done_callback([](aio::Future<int>&) {}, aio::copy_context());
    const std::size_t removed = future.remove_done_callback(id);
    future.set_result(static_cast<int>(removed));
    const int& result = future.result();
    static_cast<void>(future.done() && future.cancelled() && future.cancel("late") && result != 0);
    static_cast<void>(future.exception() == nullptr && &future.get_loop() == &loop);
    static_cast<void>(co_await future);
    auto owner = loop.create_future<std::unique_ptr<int>>();
    owner.set_result(std::make_unique<int>(1));
    static_cast<void>(owner.take());
    auto failed = loop.create_future();
    failed.set_exception(std::make_exception_ptr(aio::ValueError("x")));
    static_cast<void>(failed.exception());
}

aio::Coro<> tasks(aio::Loop& loop) {
    aio::Task<int> task = aio::create_task(number(1), {.name = "one"});
    aio::Task<int> other = loop.create_task(number(2));
    const aio::Future<int> base = task;
    static_cast<void>(task.cancelling() + task.uncancel());
    const std::string& name = task.name();
    task.set_name("two");
    const std::vector<aio::Frame> stack = task.stack();
    static_cast<void>(name + task.describe() + std::to_string(stack.size()));
    static_cast<void>(task.context());
    const aio::TaskBase current = aio::current_task();
    const std::vector<aio::TaskBase> all = aio::all_tasks();
    const int sum = co_await aio::ensure_future(base) + co_await aio::ensure_future(number(1)) + co_await other;
    co_await aio::create_task(aio::sleep(1ms));
    co_await loop.create_task(aio::sleep(1ms), {.name = "nap"});
    co_await aio::sleep(1ms);
    const std::string value = co_await aio::sleep(1ms, std::string("value"));
    co_await aio::yield();
    const auto lambda = [](int one, std::string two) -> aio::Coro<std::size_t> { co_return one + two.size(); };
    const std::size_t size = co_await aio::create_task(lambda, 1, std::string("x"));
    static_cast<void>(current.valid() && task.cancel("late") && sum + size > value.size());
}

void loops() {
    aio::LoopOptions options{.debug = true};
    aio::Loop loop(options);
    loop.run_until_complete(nothing());
    const int result = loop.run_until_complete(loop.create_task(number(1)));
    loop.run_until_complete(aio::sleep(1ms));
    loop.call_soon([&loop] { loop.stop(); });
    loop.run_forever();
    loop.run_once();
    loop.run_once(1ms);
    aio::Handle handle = loop.call_soon([] {}, aio::copy_context());
    handle.cancel();
    aio::TimerHandle timer = loop.call_later(1s, [] {});
    aio::TimerHandle second = loop.call_at(loop.time() + 1, [] {});
    static_cast<void>(handle.cancelled() && timer.when() < second.when());
    loop.call_soon_threadsafe([] {});
    loop.set_default_executor(std::make_shared<aio::ThreadPoolExecutor>(1, "worker"));
    aio::Future<int> job = loop.run_in_executor(nullptr, [](int one) { return one; }, result);
    static_cast<void>(loop.run_until_complete(job));
    loop.set_debug(false);
    loop.slow_callback_duration = 50ms;
    loop.set_exception_handler(
        [](aio::Loop& source, const aio::ExceptionContext& context) { source.default_exception_handler(context); });
    loop.set_exception_handler({});
    loop.set_tracer(nullptr);
    loop.run_until_complete(loop.shutdown_asyncgens());
    loop.run_until_complete(loop.shutdown_default_executor());
    loop.close();
    static_cast<void>(loop.is_running() || loop.is_closed() || loop.get_debug());
}

void runners() {
    aio::run(nothing());
    const int result = aio::run(number(1), {.debug = true});
    aio::run(nothing(), {.loop_factory = [] { return std::make_unique<aio::Loop>(); }});
    aio::Runner runner;
    static_cast<void>(result + runner.run(number(2)));
    aio::Loop& loop = runner.get_loop();
    static_cast<void>(loop.time());
    runner.close();
    static_cast<void>(aio::running_loop_or_null());
}

aio::Coro<> gathers() {
    auto [one, unit] = co_await aio::gather(number(1), nothing());
    static_assert(std::is_same_v<decltype(unit), std::monostate>);
    std::vector<aio::Task<int>> range;
    range.push_back(aio::create_task(number(one)));
    const std::vector<int> results = co_await aio::gather(range);
    const aio::GatherOpts options{.on_error = aio::OnError::leave_running};
    co_await aio::gather(options, number(1), aio::sleep(1ms));
    co_await aio::gather(options, range);
    auto [outcome] = co_await aio::gather_outcomes(number(1));
    static_cast<void>(outcome.ok() && !outcome.error() && !outcome.cancelled() && outcome.value() == 1);
    const std::vector<aio::Outcome<int>> outcomes = co_await aio::gather_outcomes(range);
    std::vector<aio::Coro<int>> coros;
    coros.push_back(number(1));
    aio::GatherFuture<std::vector<int>> gathering = aio::gather(std::move(coros));
    co_await gathering;
    co_await aio::gather();
}

aio::Coro<> waits() {
    std::vector<aio::Task<int>> range;
    range.push_back(aio::create_task(number(1)));
    const auto result = co_await aio::wait(range, {.return_when = aio::FIRST_COMPLETED, .timeout = 1s});
    static_cast<void>(result.done.size() + result.pending.size());
    static_cast<void>(co_await aio::wait(range, {.return_when = aio::FIRST_EXCEPTION}));
    static_cast<void>(co_await aio::wait(range, {.return_when = aio::ALL_COMPLETED}));
    static_cast<void>(co_await aio::wait({.timeout = 1s}, range[0], range[0]));
    static_cast<void>(co_await aio::wait(range[0], range[0]));
    int sum = co_await aio::wait_for(range[0], 1s) + co_await aio::wait_for(number(1), std::nullopt);
    sum += co_await aio::timeout(1s, [&](aio::Timeout& limit) -> aio::Coro<int> {
        const std::optional<double> when = limit.when();
        limit.reschedule(*when + 1);
        limit.reschedule(std::nullopt);
        co_return limit.expired() ? 1 : 0;
    });
    const double when = aio::get_running_loop().time() + 1;
    co_await aio::timeout_at(when, [](aio::Timeout&) { return nothing(); });
    sum += co_await aio::shield(range[0]) + co_await aio::shield(number(1));
    aio::CompletionIterator<int> completions = aio::as_completed(range, 1s);
    while (auto next = completions.next()) sum += co_await *next;
    static_cast<void>(sum);
}

aio::Coro<> groups() {
    const int result = co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<int> {
        aio::Task<int> task = group.create_task(number(1), {.name = "child"});
        group.create_task(aio::sleep(1ms));
        co_return co_await task;
    });
    aio::TaskGroup group;
    group.create_task(number(result));
    group.cancel();
    co_await group.join();
    co_await aio::with_cleanup([] { return nothing(); }, [] { return nothing(); });
}

void threads(aio::Loop& loop) {
    aio::ThreadFuture<int> future = aio::run_coroutine_threadsafe(loop, number(1));
    static_cast<void>(future.get(1s) + future.get());
    static_cast<void>(future.cancel() || future.done());
}

aio::Coro<> synchronisation() {
    aio::Lock lock;
    co_await lock.acquire();
    lock.release();
    {
        auto guard = co_await lock.scoped();
        static_cast<void>(lock.locked());
    }
    aio::Event event;
    event.set();
    co_await event.wait();
    event.clear();
    static_cast<void>(event.is_set());
    aio::Condition condition;
    co_await condition.acquire();
    condition.notify(2);
    condition.notify_all();
    const bool truth = co_await condition.wait_for([] { return true; });
    condition.release();
    aio::Semaphore semaphore(2);
    co_await semaphore.acquire();
    semaphore.release();
    aio::BoundedSemaphore bounded(1);
    auto permit = co_await bounded.scoped();
    aio::Barrier barrier(1);
    const std::size_t index = co_await barrier.wait();
    co_await barrier.reset();
    co_await barrier.abort();
    static_cast<void>(barrier.broken() || barrier.n_waiting() + barrier.parties() > index);
    static_cast<void>(truth && bounded.locked());
}

aio::Coro<> queues() {
    aio::Queue<int> queue(2);
    co_await queue.put(1);
    queue.put_nowait(2);
    const int sum = co_await queue.get() + queue.get_nowait();
    const std::optional<int> none = queue.try_get();
    queue.task_done();
    queue.task_done();
    co_await queue.join();
    static_cast<void>(sum || none || queue.qsize() > 0 || queue.empty() || queue.full());
    aio::PriorityQueue<int> smallest;
    aio::PriorityQueue<int, std::greater<>> largest(3);
    aio::LifoQueue<std::string> last;
    co_await smallest.put(1);
    co_await largest.put(1);
    co_await last.put("x");
}

aio::Coro<> executors() {
    auto pool = std::make_shared<aio::ThreadPoolExecutor>(2, "pool");
    aio::Executor& executor = *pool;
    const auto job = [](int one, const std::string& two) { return one + static_cast<int>(two.size()); };
    const int sum = co_await aio::get_running_loop().run_in_executor(&executor, job, 1, std::string("x"));
    const int more = co_await aio::to_thread(job, 1, std::string("x"));
    static_cast<void>(sum + more);
    executor.shutdown(true);
    executor.shutdown(true, true);
}

aio::AsyncGenerator<int> count(int end) {
    for (int i = 0; i < end; ++i) co_yield i;
}

aio::Coro<> generators() {
    auto numbers = count(3);
    int sum = 0;
    while (auto number = co_await numbers.next()) sum += *number;
    co_await aio::for_each(count(3), [&sum](int number) { sum += number; });
    auto closed = count(3);
    static_cast<void>(co_await closed.next());
    co_await closed.aclose();
    auto failing = count(3);
    try {
        static_cast<void>(co_await failing.athrow(std::make_exception_ptr(aio::ValueError("x"))));
    } catch (const aio::ValueError&) {
        ++sum;
    }
}

void contexts() {
    static aio::ContextVar<std::string> variable("variable", "default");
    auto token = variable.set("new");
    static_cast<void>(variable.get());
    variable.reset(token);
    aio::Context context = aio::copy_context();
    context.run([] { variable.set("inside"); });
}

TEST(Api, CompilesAsItIsDocumented) {
    errors();
    loops();
    runners();
    contexts();
    aio::Loop loop;
    loop.run_until_complete(coroutines());
    loop.run_until_complete(futures(loop));
    loop.run_until_complete(tasks(loop));
    loop.run_until_complete(gathers());
    loop.run_until_complete(waits());
    loop.run_until_complete(groups());
    loop.run_until_complete(synchronisation());
    loop.run_until_complete(queues());
    loop.run_until_complete(executors());
    loop.run_until_complete(generators());
    loop.run_until_complete(aio::to_thread([&loop] { threads(loop); }));
}

}  // namespace
