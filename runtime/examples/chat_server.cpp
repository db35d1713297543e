// chat_server.cpp - every line goes to everybody else
//
//     chat_server PORT          serves until it is interrupted: nc localhost PORT
//     chat_server --test        lets two clients talk and checks what they hear

#include "port.h"

#include <aio/aio.h>

#include <cstdio>
#include <list>
#include <memory>
#include <string>

namespace {

/// Who is there. A guest that does not read delays nobody: its lines are
/// dropped while too many wait for it.
class Room {
public:
    aio::Coro<> serve(aio::StreamReader reader, aio::StreamWriter writer) {
        writer.write("Your name?\n");
        std::string name = co_await reader.readline();
        if (name.empty()) co_return;
        name.pop_back();
        // Kept here until the handler ends, however it ends.
        const Guest guest(*this, writer);
        tell(name + " came\n", &guest);
        while (true) {
            const std::string line = co_await reader.readline();
            if (line.empty()) break;
            tell(name + ": " + line, &guest);
        }
        tell(name + " left\n", &guest);
        writer.close();
    }

private:
    struct Guest {
        Guest(Room& in, aio::StreamWriter to) : room(in), writer(std::move(to)) { room.guests_.push_back(this); }
        Guest(const Guest&) = delete;
        Guest& operator=(const Guest&) = delete;
        ~Guest() { room.guests_.remove(this); }

        Room& room;
        aio::StreamWriter writer;
    };

    void tell(const std::string& line, const Guest* speaker) {
        constexpr std::size_t most_that_waits = std::size_t{256} * 1024;
        for (const Guest* guest : guests_) {
            if (guest != speaker && guest->writer.get_write_buffer_size() < most_that_waits) guest->writer.write(line);
        }
    }

    std::list<Guest*> guests_;
};

aio::Coro<> serve(std::uint16_t port) {
    // Shared: handlers may outlive this coroutine, and the server keeps its own
    // callable as long as one runs.
    auto handler = [room = std::make_shared<Room>()](aio::StreamReader reader, aio::StreamWriter writer) {
        return room->serve(std::move(reader), std::move(writer));
    };
    auto server = co_await aio::start_server(handler, "", port);
    co_await server.serve_forever();
}

aio::Coro<> say(aio::StreamWriter writer, std::string line) {
    writer.write(line);
    co_await writer.drain();
}

aio::Coro<int> test() {
    auto handler = [room = std::make_shared<Room>()](aio::StreamReader reader, aio::StreamWriter writer) {
        return room->serve(std::move(reader), std::move(writer));
    };
    auto server = co_await aio::start_server(handler, "127.0.0.1", 0);
    std::string heard;
    {
        auto [ann_hears, ann] = co_await aio::open_connection("127.0.0.1", server.port());
        auto [bob_hears, bob] = co_await aio::open_connection("127.0.0.1", server.port());
        heard += co_await ann_hears.readline();
        heard += co_await bob_hears.readline();
        co_await say(ann, "Ann\n");
        // A line of her own comes back to nobody, so wait for Bob's arrival.
        co_await say(bob, "Bob\n");
        heard += co_await ann_hears.readline();
        co_await say(ann, "hello\n");
        heard += co_await bob_hears.readline();
        bob.close();
        heard += co_await ann_hears.readline();
        ann.close();
    }
    server.close();
    std::fputs(heard.c_str(), stdout);
    co_return heard == "Your name?\nYour name?\nBob came\nAnn: hello\nBob left\n" ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: chat_server PORT | --test\n");
        return 2;
    }
    if (std::string(argv[1]) == "--test") return aio::run(test());
    aio::run(serve(port_of(argv[1])));
    return 0;
}
