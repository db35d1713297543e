// coro-reference-across-suspend-owned.cpp - what the elements of a container own
// RUN: %findings --strict --check=coro-reference-across-suspend %s %flags | %expect %s

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <aio/aio.h>

struct Session {
  int hits = 0;
  std::string name;
};

aio::Coro<> flush();
void use(std::string_view);

class Server {
public:
  // What an element owns ends with it, and stays when the container grows.
  aio::Coro<> bad_owned(int id) {
    Session &one = *owned_[id];
    Session *two = owned_.find(id)->second.get();
    const std::string &name = owned_.at(id)->name;
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'one' refers into 'owned_'
    one.hits++;
    // CHECK: :[[@LINE+1]]:5: warning: 'two' refers into 'owned_'
    two->hits++;
    // CHECK: :[[@LINE+1]]:9: warning: 'name' refers into 'owned_'
    use(name);
  }

  void disown(int id) { owned_.erase(id); }

  aio::Coro<> good_owned() {
    Session &first = *kept_.front();
    co_await flush();
    first.hits++;
  }

  void keep() { kept_.push_back(std::make_unique<Session>()); }

private:
  std::map<int, std::unique_ptr<Session>> owned_;
  std::vector<std::unique_ptr<Session>> kept_;
};
