// api_io_test.cpp - the signatures for the world outside
//
// Compiling is the test, as in api_test.cpp: here are streams, processes, signals,
// descriptors, executors, other threads and tracers.
#include <aio/aio.h>

#include "pipe.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using namespace std::chrono_literals;
using std::string;
using std::uint16_t;

template <class Found, class Documented>
constexpr bool is = std::is_same_v<Found, Documented>;

/// Something of type \p T, for expressions that are not evaluated.
template <class T>
T made();

using Text = aio::Coro<string>;
using Reader = aio::StreamReader;
using Writer = aio::StreamWriter;
using Server = aio::Server;
using Process = aio::Process;
using Loop = aio::Loop;

aio::Coro<> serve(Reader reader, Writer writer) {
    writer.write(co_await reader.read());
    writer.close();
}

void streams() {
    static_assert(is<decltype(&Reader::readline), Text (Reader::*)() const>);
    static_assert(is<decltype(&Reader::readexactly), Text (Reader::*)(std::ptrdiff_t) const>);
    static_assert(is<decltype(&Reader::read), Text (Reader::*)(std::ptrdiff_t) const>);
    static_assert(is<decltype(made<Reader>().read()), Text> && is<decltype(made<Reader>().readuntil()), Text>);
    static_assert(is<decltype(&Reader::at_eof), bool (Reader::*)() const noexcept>);
    static_assert(is<decltype(&Reader::feed_data), void (Reader::*)(std::string_view) const>);
    static_assert(is<decltype(&Reader::feed_eof), void (Reader::*)() const>);
    static_assert(is<decltype(&Reader::set_exception), void (Reader::*)(std::exception_ptr) const>);
    static_assert(is<decltype(&Writer::write), void (Writer::*)(std::string_view) const>);
    static_assert(is<decltype(made<Writer>().writelines(made<std::vector<string>>())), void>);
    static_assert(is<decltype(&Writer::write_eof), void (Writer::*)() const>);
    static_assert(is<decltype(&Writer::drain), aio::Coro<> (Writer::*)() const>);
    static_assert(is<decltype(&Writer::wait_closed), aio::Coro<> (Writer::*)() const>);
    static_assert(is<decltype(&Writer::close), void (Writer::*)() const>);
    static_assert(is<decltype(&Writer::abort), void (Writer::*)() const>);
    static_assert(is<decltype(&Writer::is_closing), bool (Writer::*)() const noexcept>);
    static_assert(is<decltype(&Writer::get_extra_info), aio::ExtraInfo (Writer::*)(std::string_view) const>);
    static_assert(aio::default_stream_limit == 64 * 1024);
    using Opened = aio::Coro<std::pair<Reader, Writer>>;
    static_assert(is<decltype(aio::open_connection("host", uint16_t(1))), Opened>);
    static_assert(is<decltype(aio::open_connection("host", uint16_t(1), {.limit = 1, .family = 0})), Opened>);
    static_assert(is<decltype(aio::open_unix_connection("path", aio::StreamOpts())), Opened>);
    static_assert(is<decltype(aio::start_server(serve, "host", uint16_t(1))), aio::Coro<Server>>);
    static_assert(is<decltype(aio::start_server(serve, made<std::vector<string>>(), uint16_t(1))), aio::Coro<Server>>);
    static_assert(is<decltype(aio::start_unix_server(serve, "path", {.backlog = 1})), aio::Coro<Server>>);
    static_assert(is<decltype(&Server::port), uint16_t (Server::*)() const>);
    static_assert(is<decltype(&Server::close), void (Server::*)() const>);
    static_assert(is<decltype(&Server::wait_closed), aio::Coro<> (Server::*)() const>);
    static_assert(is<decltype(&Server::serve_forever), aio::Coro<> (Server::*)() const>);
    static_assert(is<decltype(&Server::is_serving), bool (Server::*)() const noexcept>);
    static_assert(is<decltype(made<Server>().sockets().front().fileno()), int>);
}

aio::Coro<> echo() {
    const Server server = co_await aio::start_server(serve, "127.0.0.1", 0);
    auto [reader, writer] = co_await aio::open_connection("127.0.0.1", server.port());
    writer.write("x");
    writer.write_eof();
    EXPECT_EQ(co_await reader.read(), "x");
    writer.close();
    server.close();
    co_await server.wait_closed();
}

void addresses() {
    using Found = aio::Coro<std::vector<aio::AddrInfo>>;
    static_assert(is<decltype(&Loop::getaddrinfo), Found (Loop::*)(string, uint16_t, aio::AddrInfoOpts)>);
    using Names = aio::Coro<std::pair<string, string>>;
    static_assert(is<decltype(&Loop::getnameinfo), Names (Loop::*)(aio::Address, int)>);
    static_assert(is<decltype(made<Loop&>().getnameinfo(aio::Address())), Names>);
    static_assert(is<decltype(&aio::Address::host), string (aio::Address::*)() const>);
    static_assert(is<decltype(&aio::Address::port), uint16_t (aio::Address::*)() const noexcept>);
}

void processes() {
    using Started = aio::Coro<Process>;
    namespace subprocess = aio::subprocess;
    static_assert(is<decltype(subprocess::exec(made<std::vector<string>>())), Started>);
    static_assert(is<decltype(subprocess::exec("program", "argument")), Started>);
    static_assert(is<decltype(subprocess::exec({.stderr = subprocess::STDOUT}, "x")), Started>);
    static_assert(is<decltype(subprocess::shell("command", {.stdout = subprocess::DEVNULL})), Started>);
    static_assert(is<decltype(&Process::pid), int (Process::*)() const noexcept>);
    static_assert(is<decltype(&Process::returncode), std::optional<int> (Process::*)() const noexcept>);
    static_assert(is<decltype(&Process::wait), aio::Coro<int> (Process::*)() const>);
    using Output = aio::Coro<std::pair<string, string>>;
    static_assert(is<decltype(&Process::communicate), Output (Process::*)(std::optional<string>) const>);
    static_assert(is<decltype(made<Process>().communicate()), Output>);
    static_assert(is<decltype(&Process::send_signal), void (Process::*)(int) const>);
    static_assert(is<decltype(&Process::terminate), void (Process::*)() const>);
    static_assert(is<decltype(&Process::kill), void (Process::*)() const>);
    static_assert(is<decltype(Process::stdin_), std::optional<Writer>>);
    static_assert(is<decltype(Process::stdout_), std::optional<Reader>>);
    static_assert(is<decltype(Process::stderr_), std::optional<Reader>>);
}

aio::Coro<> communicate() {
    const Process process =
        co_await aio::subprocess::shell("cat", {.stdin = aio::subprocess::PIPE, .stdout = aio::subprocess::PIPE});
    const auto [out, err] = co_await process.communicate("x");
    EXPECT_EQ(out + err, "x");
    EXPECT_EQ(process.returncode(), 0);
}

template <class F>
concept SignalCallback = requires(Loop& loop, F f) { loop.add_signal_handler(SIGUSR1, f); };
template <class F>
concept FdCallback = requires(Loop& loop, F f) {
    loop.add_reader(0, std::move(f));
    loop.add_writer(0, std::move(f));
};

void descriptors_and_signals() {
    const auto callback = [] {};
    static_assert(SignalCallback<decltype(callback)> && FdCallback<void (*)()>);
    static_assert(!FdCallback<int (*)(int)>);
    static_assert(is<decltype(&Loop::remove_reader), bool (Loop::*)(int)>);
    static_assert(is<decltype(&Loop::remove_writer), bool (Loop::*)(int)>);
    static_assert(is<decltype(&Loop::remove_signal_handler), bool (Loop::*)(int)>);
    static_assert(is<decltype(&Loop::fileno), int (Loop::*)() const>);
    static_assert(is<decltype(&Loop::wait_hint), std::optional<aio::Seconds> (Loop::*)() const>);
    aio_test::Pipe pipe;
    Loop loop;
    loop.add_reader(pipe.reader(), callback);
    loop.add_writer(pipe.writer(), callback);
    loop.run_once();
    EXPECT_TRUE(loop.remove_reader(pipe.reader()) && loop.remove_writer(pipe.writer()));
    loop.add_signal_handler(SIGUSR1, callback);
    EXPECT_TRUE(loop.remove_signal_handler(SIGUSR1));
    EXPECT_TRUE(loop.fileno() >= 0 && !loop.wait_hint());
}

void executors() {
    using Pool = aio::ProcessPoolExecutor;
    static_assert(std::is_constructible_v<Pool> && std::is_constructible_v<Pool, std::size_t>);
    static_assert(!std::is_convertible_v<std::size_t, Pool> && !std::is_copy_constructible_v<Pool>);
    static_assert(is<decltype(&Pool::shutdown), void (Pool::*)(bool, bool)>);
    static_assert(is<decltype(&Pool::pids), std::vector<pid_t> (Pool::*)() const>);
    static_assert(std::is_base_of_v<aio::Executor, aio::ThreadPoolExecutor>);
    static_assert(is<decltype(&aio::Executor::submit), void (aio::Executor::*)(aio::Executor::Job)>);
    static_assert(is<decltype(&aio::Executor::shutdown), void (aio::Executor::*)(bool, bool)>);
    using Function = int (*)(int);
    static_assert(is<decltype(made<Loop&>().run_in_executor(made<Pool*>(), made<Function>(), 1)), aio::Future<int>>);
    const auto job = [](string) -> std::unique_ptr<int> { return nullptr; };
    static_assert(is<decltype(made<Loop&>().run_in_executor(nullptr, job, "x")), aio::Future<std::unique_ptr<int>>>);
    static_assert(is<decltype(aio::to_thread(job, "x")), aio::Coro<std::unique_ptr<int>>>);
    static_assert(is<decltype(&Loop::set_default_executor), void (Loop::*)(std::shared_ptr<aio::Executor>)>);
    static_assert(is<decltype(&Loop::shutdown_default_executor), aio::Coro<> (Loop::*)(aio::Seconds)>);
    static_assert(is<decltype(made<Loop&>().shutdown_default_executor()), aio::Coro<>>);
    static_assert(aio::Serializable<std::tuple<int, string, std::vector<std::pair<bool, std::optional<double>>>>>);
    static_assert(!aio::Serializable<int*> && !aio::Serializable<std::string_view>);
}

void threads() {
    using Result = aio::ThreadFuture<int>;
    static_assert(is<decltype(aio::run_coroutine_threadsafe(made<Loop&>(), made<aio::Coro<int>>())), Result>);
    static_assert(is<decltype(&Result::get), int (Result::*)(std::optional<aio::Seconds>) const>);
    static_assert(is<decltype(made<Result>().get(1ms)), int> && is<decltype(made<Result>().get()), int>);
    static_assert(is<decltype(&Result::cancel), bool (Result::*)() const>);
    static_assert(is<decltype(&Result::done), bool (Result::*)() const>);
    static_assert(is<decltype(&Result::cancelled), bool (Result::*)() const>);
    static_assert(is<decltype(aio::wrap_future(made<Result&>())), aio::Future<int>>);
    static_assert(is<decltype(aio::wrap_future(made<aio::ThreadFuture<>>())), aio::Future<>>);
    static_assert(is<decltype(made<Loop&>().call_soon_threadsafe([] {})), aio::Handle>);
}

/// Overrides everything that a tracer can be told.
class Everything final : public aio::Tracer {
public:
    void on_task_create(const aio::TaskBase&) override {}
    void on_step_begin(const aio::TaskBase&) override {}
    void on_step_end(const aio::TaskBase&) override {}
    void on_suspend(const aio::TaskBase&, const aio::Awaiting& awaiting) override {
        static_cast<void>(awaiting.what.size() + (awaiting.task ? 1U : 0U));
    }
    void on_wake(const aio::TaskBase&) override {}
    void on_cancel(const aio::TaskBase&) override {}
    void on_task_done(const aio::TaskBase&) override {}
    void on_handle_run_begin(std::string_view) override {}
    void on_handle_run_end(std::string_view) override {}
    void on_iteration(std::size_t) override {}
    void on_select(aio::Seconds) override {}
    void on_run_end() override {}
};

void tracers() {
    static_assert(is<decltype(&Loop::set_tracer), void (Loop::*)(aio::Tracer*)>);
    static_assert(std::is_base_of_v<aio::Tracer, aio::ChromeTrace>);
    static_assert(std::is_base_of_v<aio::Tracer, aio::TaskTree>);
    static_assert(std::is_base_of_v<aio::Tracer, aio::TraceRecorder>);
    static_assert(is<decltype(&aio::TaskTree::text), string (aio::TaskTree::*)() const>);
    static_assert(is<decltype(&aio::TraceRecorder::text), string (aio::TraceRecorder::*)() const>);
    Everything tracer;
    const auto pause = []() -> aio::Coro<> { co_await aio::sleep(1ms); };
    aio::run(pause(), {.tracer = &tracer});
}

template <class T, class Value>
concept Settable = requires(T task, Value value) { task.set_result(value); };
template <class R>
concept Waitable = requires(R range) { aio::wait(range); };
template <class T>
concept Awaitable = requires(T value) { std::move(value).operator co_await(); };
template <class T>
concept AwaitableTwice = requires(T& value) { value.operator co_await(); };

/// What must not compile.
void refusals() {
    static_assert(Settable<aio::Future<int>, int> && !Settable<aio::Task<int>, int>);
    static_assert(!Settable<aio::Future<int>, string>);
    static_assert(Waitable<std::vector<aio::Task<int>>> && !Waitable<std::vector<aio::Coro<int>>>);
    static_assert(Awaitable<aio::Coro<int>> && !AwaitableTwice<aio::Coro<int>>);
    static_assert(AwaitableTwice<aio::Future<int>> && AwaitableTwice<aio::Task<int>>);
    static_assert(!std::is_copy_constructible_v<aio::Coro<int>> && std::is_copy_constructible_v<aio::Task<int>>);
    static_assert(!std::is_copy_constructible_v<Loop> && !std::is_move_constructible_v<Loop>);
    static_assert(!std::is_copy_constructible_v<aio::TaskGroup>);
    // GCC 12 copies temporaries beside a co_await: options must not mind.
    static_assert(std::is_trivially_destructible_v<aio::TaskOpts> && std::is_trivially_destructible_v<aio::WaitOpts>);
    static_assert(std::is_trivially_destructible_v<aio::GatherOpts> &&
                  std::is_trivially_destructible_v<aio::StreamOpts>);
    static_assert(std::is_trivially_destructible_v<aio::ServerOpts> &&
                  std::is_trivially_destructible_v<aio::SubprocessOpts>);
    static_assert(std::is_trivially_destructible_v<aio::RunOptions> &&
                  std::is_trivially_destructible_v<aio::LoopOptions>);
}

TEST(Api, OfTheWorldOutsideCompilesAsItIsDocumented) {
    streams();
    addresses();
    processes();
    descriptors_and_signals();
    executors();
    threads();
    tracers();
    refusals();
    aio::run(echo());
    aio::run(communicate());
}

}  // namespace
