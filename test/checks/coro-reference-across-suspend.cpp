// coro-reference-across-suspend.cpp - references into containers across suspensions
// RUN: %findings --strict --check=coro-reference-across-suspend %s %flags | %expect %s

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

struct Session {
  int id = 0;
  int hits = 0;
  std::string name;
  aio::Coro<> send() { co_return; }
};

aio::Coro<> flush();
aio::Coro<int> fetch(int id);
void use(int);
void use(std::string_view);

class Server {
public:
  void join(Session one) { sessions_.push_back(one); }
  void enter(int id) { byId_[id].id = id; }
  void leave(int id) { byId_.erase(id); }
  void rename(std::string name) { title_ = std::move(name); }
  void enqueue(Session one) { queue_.push_back(one); }
  void hash(int id) { byHash_.try_emplace(id); }
  explicit Server(std::vector<Session> fixed) : fixed_(std::move(fixed)) { fixed_.push_back({}); }

  // Loops

  aio::Coro<> bad_loop() {
    // CHECK: :[[@LINE+3]]:25: warning: the loop over 'sessions_' goes on after a suspension; what changes 'sessions_' meanwhile leaves its iterators dangling [coro-reference-across-suspend]
    // CHECK: :[[@LINE+3]]:7: note: suspended here
    // CHECK: :{{[0-9]+}}:28: note: 'sessions_' is changed here
    for (Session &one : sessions_)
      co_await one.send();
  }

  aio::Coro<> bad_loop_over_copies() {
    // CHECK: :[[@LINE+1]]:21: warning: the loop over 'sessions_' goes on
    for (auto one : sessions_) {
      co_await one.send();
      use(one.id);
    }
  }

  aio::Coro<> bad_loop_over_pairs() {
    // CHECK: :[[@LINE+1]]:32: warning: the loop over 'byId_' goes on
    for (auto &[id, session] : byId_)
      if (id > 3)
        co_await session.send();
  }

  aio::Coro<> bad_loop_by_another_name() {
    auto &all = sessions_;
    // CHECK: :[[@LINE+1]]:23: warning: the loop over 'sessions_' goes on
    for (auto &&one : all)
      co_await one.send();
  }

  aio::Coro<> bad_iterators() {
    for (auto it = sessions_.begin(); it != sessions_.end(); ++it)
      // CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'it' refers into 'sessions_' and is used after a suspension; what changes 'sessions_' meanwhile leaves it dangling
      // CHECK: note: taken from the container here
      // CHECK: note: suspended here
      co_await it->send();
  }

  aio::Coro<> good_loop_that_stops() {
    for (Session &one : sessions_)
      if (one.id == 1) {
        co_await one.send();
        break;
      }
    for (Session &one : sessions_)
      if (one.id == 2) {
        co_await one.send();
        co_return;
      }
  }

  aio::Coro<> good_copy() {
    for (auto &one : std::vector<Session>(sessions_))
      co_await one.send();
    auto copy = sessions_;
    for (auto &one : copy)
      co_await one.send();
  }

  aio::Coro<> good_index() {
    for (std::size_t i = 0; i < sessions_.size(); ++i)
      co_await fetch(sessions_[i].id);
  }

  aio::Coro<> good_loop_without_await() {
    co_await flush();
    for (Session &one : sessions_)
      one.hits++;
    co_await flush();
  }

  // Only the constructor changes it.
  aio::Coro<> good_constant_table() {
    for (Session &one : fixed_)
      co_await one.send();
  }

  // References, pointers, iterators, views

  aio::Coro<> bad_reference() {
    Session &first = sessions_.front();
    co_await flush();
    // CHECK: :[[@LINE+3]]:5: warning: 'first' refers into 'sessions_'
    // CHECK: :[[@LINE-3]]:22: note: taken from the container here
    // CHECK: :[[@LINE-3]]:5: note: suspended here
    first.hits++;
  }

  aio::Coro<> bad_member_of_element(int index) {
    const std::string &name = sessions_[index].name;
    co_await flush();
    // CHECK: :[[@LINE+1]]:9: warning: 'name' refers into 'sessions_'
    use(name);
  }

  aio::Coro<> bad_pointer() {
    auto *last = &sessions_.back();
    // CHECK: :[[@LINE+1]]:5: warning: 'last' refers into 'sessions_'
    last->hits = co_await fetch(last->id);
    Session *data = sessions_.data();
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'data' refers into 'sessions_'
    data->hits++;
  }

  aio::Coro<> bad_found(int id) {
    auto it = byId_.find(id);
    if (it == byId_.end())
      co_return;
    co_await it->second.send();
    // CHECK: :[[@LINE+1]]:5: warning: 'it' refers into 'byId_'
    it->second.hits++;
  }

  aio::Coro<> bad_element_of_iterator(int id) {
    auto &session = byId_.find(id)->second;
    co_await session.send();
    // CHECK: :[[@LINE+1]]:5: warning: 'session' refers into 'byId_'
    session.hits++;
  }

  aio::Coro<> bad_algorithm() {
    auto it = std::find_if(sessions_.begin(), sessions_.end(), [](auto &one) { return one.id; });
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'it' refers into 'sessions_'
    it->hits = 1;
  }

  aio::Coro<> bad_inserted(int id) {
    auto [it, isNew] = byId_.emplace(id, Session{});
    co_await flush();
    if (isNew)
      // CHECK: :[[@LINE+1]]:7: warning: 'it' refers into 'byId_'
      it->second.hits = 1;
  }

  aio::Coro<> bad_view() {
    std::string_view title = title_;
    co_await flush();
    // CHECK: :[[@LINE+1]]:9: warning: 'title' refers into 'title_'
    use(title);
  }

  aio::Coro<> bad_hash_iterator(int id) {
    auto it = byHash_.find(id);
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'it' refers into 'byHash_'
    it->second.hits++;
  }

  // What the same coroutine erases later, another run of it erases meanwhile.
  aio::Coro<> bad_own_erase(int id) {
    auto it = own_.find(id);
    co_await flush();
    // CHECK: :[[@LINE+1]]:16: warning: 'it' refers into 'own_'
    own_.erase(it);
  }

  aio::Coro<> good_used_before() {
    Session &first = sessions_.front();
    first.hits++;
    co_await first.send();
    co_await flush();
  }

  aio::Coro<> good_looked_up_again(int id) {
    auto it = byId_.find(id);
    use(it->second.id);
    co_await flush();
    it = byId_.find(id);
    use(it->second.id);
  }

  aio::Coro<> good_value() {
    Session first = sessions_.front();
    int id = sessions_.back().id;
    std::string title = title_;
    co_await flush();
    use(first.id + id);
    use(title);
  }

  // Nodes stay where they are when the map grows, and nothing is erased.
  aio::Coro<> good_node(int id) {
    auto &session = byHash_[id];
    co_await flush();
    session.hits++;
  }

  // A deque that grows at its ends moves no element.
  aio::Coro<> good_deque() {
    auto &session = queue_.front();
    co_await flush();
    session.hits++;
  }

  aio::Coro<> good_under_lock() {
    auto turn = co_await lock_.scoped();
    for (Session &one : sessions_)
      co_await one.send();
  }

  aio::Coro<> good_under_lock_by_hand() {
    co_await lock_.acquire();
    for (Session &one : sessions_)
      co_await one.send();
    lock_.release();
  }

  aio::Coro<> bad_after_the_lock() {
    {
      auto turn = co_await lock_.scoped();
      co_await flush();
    }
    // CHECK: :[[@LINE+1]]:25: warning: the loop over 'sessions_' goes on
    for (Session &one : sessions_)
      co_await one.send();
  }

  aio::Coro<> good_ready() {
    Session &first = sessions_.front();
    co_await std::suspend_never{};
    first.hits++;
  }

  // What the pointers in it refer to is not the container's.
  aio::Coro<> good_pointee() {
    auto shared = shared_.front();
    auto &object = *shared_.back();
    co_await flush();
    shared->hits++;
    object.hits++;
  }

  void forget() { shared_.clear(); }

private:
  std::vector<Session> sessions_, fixed_;
  std::vector<std::shared_ptr<Session>> shared_;
  std::map<int, Session> byId_, own_;
  std::unordered_map<int, Session> byHash_;
  std::deque<Session> queue_;
  std::string title_;
  aio::Lock lock_;
};

// Locals and parameters belong to the caller or to the coroutine

aio::Coro<> good_parameters(std::vector<Session> own, std::vector<Session> &callers) {
  for (auto &one : own)
    co_await one.send();
  for (auto &one : callers)
    co_await one.send();
  callers.clear();
}

// Globals, and state behind a pointer

std::vector<Session> everyone;
std::vector<Session> never_changed;
const std::vector<Session> table;
void add(Session one) { everyone.push_back(one); }

mini::task<> later();

mini::task<> bad_global() {
  // CHECK: :[[@LINE+1]]:20: warning: the loop over 'everyone' goes on
  for (auto &one : everyone)
    co_await later();
}

mini::task<> good_global() {
  for (auto &one : never_changed)
    co_await later();
  for (auto &one : table)
    co_await later();
}

struct State {
  std::vector<Session> open;
};

void close(State &state) { state.open.clear(); }

mini::task<> bad_shared_state(std::shared_ptr<State> state) {
  auto &one = state->open.back();
  co_await later();
  // CHECK: :[[@LINE+1]]:3: warning: 'one' refers into 'open'
  one.hits++;
}

// The only owner changes nothing while it is suspended.
mini::task<> good_own_state(std::unique_ptr<State> state) {
  auto &one = state->open.back();
  co_await later();
  one.hits++;
}

// A public member: anyone may change it.
struct Room {
  std::vector<Session> guests;
  mini::task<> bad_public_member() {
    // CHECK: :[[@LINE+1]]:22: warning: the loop over 'guests' goes on
    for (auto &one : guests)
      co_await later();
  }
};

template <class T> class Hub {
public:
  void add(T one) { all_.push_back(one); }
  mini::task<> bad_template() {
    // CHECK: :[[@LINE+1]]:22: warning: the loop over 'all_' goes on
    for (auto &one : all_)
      co_await later();
  }

private:
  std::vector<T> all_;
};
template class Hub<int>;

void lambdas() {
  // CHECK: :[[@LINE+2]]:22: warning: the loop over 'everyone' goes on
  auto bad_lambda = []() -> mini::task<> {
    for (auto &one : everyone)
      co_await later();
  };
  (void)bad_lambda;
}

// A generator runs while its consumer does nothing else.
mini::generator<int> good_generator() {
  for (auto &one : everyone)
    co_yield one.id;
}

// The callee holds a reference, and this coroutine does not look again.
aio::Coro<> known_miss_inside_the_call() { co_await everyone.front().send(); }
