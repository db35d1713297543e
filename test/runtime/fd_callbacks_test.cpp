// fd_callbacks_test.cpp - what callbacks of descriptors may own
#include "pipe.h"
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <memory>

namespace {

using aio_test::Pipe;

/// Removes both callbacks of a descriptor when it goes, as a connection may do.
struct Connection {
    Connection(aio::Loop& its_loop, int descriptor) : loop(its_loop), fd(descriptor) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        loop.remove_reader(fd);
        loop.remove_writer(fd);
    }
    aio::Loop& loop;
    int fd;
};

TEST(AddReader, MayOwnWhatRemovesItInItsDestructor) {
    const Pipe pipe;
    aio::Loop loop;
    auto connection = std::make_shared<Connection>(loop, pipe.reader());
    loop.add_reader(pipe.reader(), [connection] {});
    loop.add_writer(pipe.reader(), [connection] {});
    connection.reset();
    EXPECT_TRUE(loop.remove_writer(pipe.reader()));
    EXPECT_TRUE(loop.remove_reader(pipe.reader()));
    EXPECT_FALSE(loop.remove_reader(pipe.reader()));
}

TEST(AddReader, MayOwnWhatRemovesItWhenTheLoopCloses) {
    const Pipe pipe;
    aio::Loop loop;
    loop.add_reader(pipe.reader(), [connection = std::make_shared<Connection>(loop, pipe.reader())] {});
    loop.close();
    EXPECT_TRUE(loop.is_closed());
}

TEST(AddReader, IsNotAddedWhileTheLoopGoes) {
    struct Late {
        ~Late() {
            EXPECT_THROW(loop.add_reader(0, [] {}), aio::RuntimeError);
            EXPECT_THROW(loop.add_writer(0, [] {}), aio::RuntimeError);
        }
        aio::Loop& loop;
    };
    const auto body = [](aio::Loop& loop) -> aio::Coro<> {
        const Late late{loop};
        co_await aio::sleep(aio::Seconds(1));
    };
    aio::Loop loop;
    loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
    const auto task = loop.create_task(body(loop));
    loop.run_once();
}

}  // namespace
