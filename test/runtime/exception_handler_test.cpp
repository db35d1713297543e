// exception_handler_test.cpp - errors that nobody else can see
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace aio_test;

aio::Coro<> fail() {
    throw aio::ValueError("x");
    co_return;
}

template <class E>
void throws(aio::Loop&, const aio::ExceptionContext&) {
    throw E();
}

TEST(ExceptionHandler, ThatThrowsIsReportedTogetherWithWhatItWasTold) {
    aio::Loop loop;
    loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) { throw std::runtime_error("handler"); });
    testing::internal::CaptureStderr();
    loop.call_exception_handler({.message = "told", .exception = std::make_exception_ptr(aio::ValueError("x"))});
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "Unhandled error in exception handler\nstd::runtime_error: handler\ntold\naio::ValueError: x\n");
}

TEST(ExceptionHandler, ThatThrowsAnExitRequestLeavesTheLoop) {
    aio::Loop loop;
    loop.set_exception_handler(throws<aio::SystemExit>);
    int ran = 0;
    loop.call_soon([] { throw aio::ValueError("x"); });
    loop.call_soon([&] { ++ran; });
    EXPECT_THROW(loop.run_forever(), aio::SystemExit);
    loop.set_exception_handler(throws<aio::KeyboardInterrupt>);
    auto future = loop.create_future<void>();
    future.add_done_callback([] { throw 1; });
    future.set_result();
    EXPECT_THROW(loop.run_forever(), aio::KeyboardInterrupt);
    EXPECT_EQ(ran, 1);
    EXPECT_THROW(loop.call_exception_handler({.message = "direct"}), aio::KeyboardInterrupt);
}

TEST(ExceptionHandler, CannotLeaveTheLoopOutOfADestructor) {
    aio::Loop loop;
    loop.set_exception_handler(throws<aio::SystemExit>);
    testing::internal::CaptureStderr();
    {
        loop.create_future<int>().set_exception(aio::ValueError("x"));
    }
    const std::string text = testing::internal::GetCapturedStderr();
    EXPECT_TRUE(
        text.starts_with("Exception ignored in exception handler\naio::SystemExit: 0\n"
                         "Future exception was never retrieved\n"
                         "future: <Future finished exception=<aio::ValueError: x>"))
        << text;
}

TEST(ExceptionHandler, OfDefaultWritesTheContextAsLines) {
    aio::Loop loop;
    testing::internal::CaptureStderr();
    const std::string defined = place_of(loop.create_task(fail(), {.name = "t"}).stack().front().where);
    const std::string line = std::to_string(__LINE__ - 1);
    loop.run_once();
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "Task exception was never retrieved\n"
              "future: <Task finished name='t' coro=<fail() done, defined at " +
                  defined +
                  "> exception=<aio::ValueError: x>>\n"
                  "Object created at " __FILE__ ":" +
                  line + "\naio::ValueError: x\n");
    testing::internal::CaptureStderr();
    loop.default_exception_handler({});
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "Unhandled exception in event loop\n");
}

TEST(ExceptionHandler, IsToldTheHandleOrTheFutureOfACallback) {
    aio::Loop loop;
    std::vector<std::string> told;
    loop.set_exception_handler([&](aio::Loop& own, const aio::ExceptionContext& context) {
        EXPECT_EQ(&own, &loop);
        told.push_back(context.message + (context.handle.valid() ? " handle" : "") +
                       (context.future.valid() ? " future" : "") + (context.task ? " task" : ""));
        // Compilers name a lambda each in its own way, but all after the function around it.
        EXPECT_NE(context.callback.find("IsToldTheHandle"), std::string::npos) << context.callback;
    });
    loop.call_soon([] { throw aio::ValueError("x"); });
    auto future = loop.create_future<void>();
    future.add_done_callback([] { throw aio::ValueError("y"); });
    future.set_result();
    loop.run_once();
    EXPECT_EQ(told, (std::vector<std::string>{"Exception in callback handle", "Exception in callback future"}));
}

TEST(ExceptionHandler, MayReplaceItself) {
    aio::Loop loop;
    std::vector<std::string> told;
    loop.set_exception_handler([&told, text = std::string(100, 'a')](aio::Loop& own, const aio::ExceptionContext&) {
        own.set_exception_handler([&told](aio::Loop&, const aio::ExceptionContext&) { told.push_back("second"); });
        told.push_back(text);
    });
    for (int i = 0; i < 2; ++i) loop.call_exception_handler({.message = "x"});
    EXPECT_EQ(told, (std::vector<std::string>{std::string(100, 'a'), "second"}));
}

}  // namespace
