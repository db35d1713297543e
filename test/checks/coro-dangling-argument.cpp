// coro-dangling-argument.cpp - tasks that refer to arguments which die first
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

namespace asio = boost::asio;
using namespace std::chrono_literals;

struct Config {
  std::string name;
  int port = 0;
};
Config load();
void use(const std::string &text);
void look(int number);

aio::Coro<int> fetch(const std::string &url) {
  co_await aio::sleep(1ms);
  use(url);
  co_return 1;
}
aio::Coro<int> fetch_view(std::string_view url) {
  co_await aio::sleep(1ms);
  co_return static_cast<int>(url.size());
}
aio::Coro<int> fetch_copy(std::string url) {
  co_await aio::sleep(1ms);
  use(url);
  co_return 1;
}
aio::Coro<int> sum(std::span<const int> numbers) {
  co_await aio::sleep(1ms);
  co_return numbers[0];
}
aio::Coro<int> all_of(std::initializer_list<int> numbers) {
  co_await aio::sleep(1ms);
  co_return static_cast<int>(numbers.size());
}
aio::Coro<int> take(std::string &&text) {
  co_await aio::sleep(1ms);
  use(text);
  co_return 1;
}
aio::Coro<int> unused(const std::string &) { co_return 1; }
aio::Coro<int> with_default(const std::string &url = "http://localhost") {
  co_await aio::sleep(1ms);
  use(url);
  co_return 1;
}
aio::Coro<int> pointed(const Config *config) {
  co_await aio::sleep(1ms);
  co_return config->port;
}
struct Client {
  explicit Client(std::string name);
  aio::Coro<int> get() const {
    co_await aio::sleep(1ms);
    use(name);
    co_return 1;
  }
  std::string name;
};
mini::task<int> lookup(const std::string &name) {
  co_await mini::sleep_for(1ms);
  use(name);
  co_return 1;
}
mini::generator<char> letters(const std::string &text) {
  for (char letter : text)
    co_yield letter;
}

// A temporary, and a task that is kept

aio::Coro<> bad_kept() {
  // CHECK: :[[@LINE+1]]:21: warning: 'url' of 'fetch' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto page = fetch(std::string("http://localhost"));
  co_await std::move(page);
}
aio::Coro<> bad_conversion() {
  // CHECK: :[[@LINE+1]]:21: warning: 'url' of 'fetch' refers to a temporary
  auto page = fetch("http://localhost");
  co_await std::move(page);
}
aio::Coro<> bad_view_of_a_temporary() {
  // CHECK: :[[@LINE+1]]:26: warning: 'url' of 'fetch_view' refers to a temporary
  auto page = fetch_view(load().name);
  co_await std::move(page);
}
aio::Coro<> bad_view_of_a_sum(std::string host) {
  // CHECK: :[[@LINE+1]]:26: warning: 'url' of 'fetch_view' refers to a temporary
  auto page = fetch_view(host + "/index");
  co_await std::move(page);
}
aio::Coro<> bad_span() {
  // CHECK: :[[@LINE+1]]:20: warning: 'numbers' of 'sum' refers to a temporary
  auto total = sum(std::vector<int>{1, 2});
  co_await std::move(total);
}
aio::Coro<> bad_braces() {
  // CHECK: :[[@LINE+1]]:23: warning: 'numbers' of 'all_of' refers to a temporary
  auto total = all_of({1, 2, 3});
  co_await std::move(total);
}
aio::Coro<> bad_rvalue_reference() {
  // CHECK: :[[@LINE+1]]:21: warning: 'text' of 'take' refers to a temporary
  auto taken = take(std::string("text"));
  co_await std::move(taken);
}
aio::Coro<> bad_default_argument() {
  // CHECK: :[[@LINE+1]]:15: warning: 'url' of 'with_default' refers to a temporary
  auto page = with_default();
  co_await std::move(page);
}
aio::Coro<> bad_object() {
  // CHECK: :[[@LINE+1]]:15: warning: 'this' of 'Client::get' refers to a temporary
  auto page = Client("one").get();
  co_await std::move(page);
}
aio::Coro<> bad_gathered_later() {
  // CHECK: :[[@LINE+1]]:33: warning: 'url' of 'fetch' refers to a temporary
  auto both = aio::gather(fetch(std::string("a")), fetch_copy("b"));
  co_await both;
}
mini::task<> bad_task_that_no_model_knows() {
  // CHECK: :[[@LINE+1]]:23: warning: 'name' of 'lookup' refers to a temporary
  auto found = lookup(std::string("x"));
  co_await std::move(found);
}
void bad_generator() {
  // CHECK: :[[@LINE+1]]:30: warning: 'text' of 'letters' refers to a temporary
  for (char letter : letters(std::string("text")))
    look(letter);
}
template <class Text> aio::Coro<> bad_in_a_template(Text text) {
  // CHECK: :[[@LINE+1]]:26: warning: 'url' of 'fetch_view' refers to a temporary
  auto page = fetch_view(text + "/");
  co_await std::move(page);
}
template aio::Coro<> bad_in_a_template(std::string);

// ... given to the loop

aio::Coro<> bad_spawned() {
  // CHECK: :[[@LINE+1]]:38: warning: 'url' of 'fetch' refers to a temporary
  auto task = aio::create_task(fetch(std::string("a")));
  co_await task;
}
void bad_detached(asio::io_context &context);

// ... and returned

// CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'url' of 'fetch' refers to a temporary
aio::Coro<int> bad_returned() { return fetch(std::string("a")); }

// A local

aio::Coro<int> bad_local() {
  std::string url = load().name;
  // CHECK: :[[@LINE+1]]:10: warning: 'url' of 'fetch' refers to 'url', which dies when its scope ends; the task may run after that
  return fetch(url);
}
aio::Coro<int> bad_parameter(std::string url) {
  // CHECK: :[[@LINE+1]]:10: warning: 'url' of 'fetch' refers to 'url', which dies
  return fetch(url);
}
aio::Coro<int> bad_moved_into_a_reference(std::string url) {
  // CHECK: :[[@LINE+1]]:10: warning: 'text' of 'take' refers to 'url', which dies
  return take(std::move(url));
}
aio::Coro<int> bad_local_address() {
  Config config = load();
  // CHECK: :[[@LINE+1]]:15: warning: 'config' of 'pointed' refers to 'config', which dies
  auto work = pointed(&config);
  return work;
}
aio::Coro<int> bad_object_is_local() {
  Client client("one");
  // CHECK: :[[@LINE+1]]:10: warning: 'this' of 'Client::get' refers to 'client', which dies
  return client.get();
}
aio::Coro<int> bad_owned_object() {
  auto client = std::make_unique<Client>("one");
  // CHECK: :[[@LINE+1]]:10: warning: 'this' of 'Client::get' refers to 'client', which dies
  return client->get();
}
aio::Coro<> bad_loop() {
  std::vector<aio::Coro<int>> all;
  for (int i = 0; i < 3; ++i) {
    std::string url = std::to_string(i);
    // CHECK: :[[@LINE+1]]:19: warning: 'url' of 'fetch' refers to 'url', which dies
    all.push_back(fetch(url));
  }
  co_await aio::gather(std::move(all));
}
void bad_left_running(const std::string &host) {
  std::string url = host + "/";
  // CHECK: :[[@LINE+1]]:20: warning: 'url' of 'fetch' refers to 'url', which dies
  aio::create_task(fetch(url));
}
asio::awaitable<void> session(const Config &config) {
  co_await asio::this_coro::executor;
  look(config.port);
}
void bad_detached(asio::io_context &context) {
  // CHECK: :[[@LINE+1]]:35: warning: 'config' of 'session' refers to a temporary
  asio::co_spawn(context, session(Config()), asio::detached);
  Config config = load();
  // CHECK: :[[@LINE+1]]:27: warning: 'config' of 'session' refers to 'config', which dies
  asio::co_spawn(context, session(config), asio::detached);
}

// Through other functions of the file

aio::Coro<int> forward(const std::string &url) { return fetch(url); }
aio::Coro<int> copies(const std::string &url) { return fetch_copy(url); }
template <class... Args> auto call(Args &&...args) { return fetch(std::forward<Args>(args)...); }

aio::Coro<> bad_wrapper() {
  // CHECK: :[[@LINE+1]]:23: warning: 'url' of 'forward' refers to a temporary
  auto page = forward(std::string("a"));
  co_await std::move(page);
  // CHECK: :[[@LINE+1]]:20: warning: 'args' of 'call' refers to a temporary
  auto more = call(std::string("b"));
  co_await std::move(more);
}
aio::Coro<> good_wrapper_that_copies() {
  auto page = copies(std::string("a"));
  co_await std::move(page);
}

// Awaited in time

aio::Coro<> good_awaited_at_once() {
  co_await fetch(std::string("a"));
  int number = co_await fetch_view(load().name) + co_await sum(std::vector<int>{1});
  look(number);
  co_await aio::gather(fetch(std::string("a")), fetch("b"));
  co_await aio::wait_for(fetch(std::string("a")), 1s);
  co_await aio::create_task(fetch(std::string("a")));
  co_await Client("one").get();
}
int good_run() { return aio::run(fetch(std::string("a"))); }
mini::task<> good_when_all() {
  co_await mini::when_all(lookup(std::string("a")), lookup(std::string("b")));
}
aio::Coro<int> good_return_of_an_await() { co_return co_await fetch(std::string("a")); }

aio::Coro<> good_local_lives_longer() {
  std::string url = load().name;
  auto page = fetch(url);
  auto task = aio::create_task(fetch(url));
  co_await std::move(page);
  co_await task;
}
aio::Coro<> good_tasks_of_locals(std::vector<Config> all) {
  std::vector<aio::Coro<int>> pages;
  for (const Config &one : all)
    pages.push_back(fetch(one.name));
  co_await aio::gather(std::move(pages));
}
aio::Coro<int> good_reference_of_the_caller(const std::string &url) { return fetch(url); }
aio::Coro<int> good_constant() {
  static const std::string url = "a";
  return fetch(url);
}
aio::Coro<> good_copied() {
  auto page = fetch_copy(std::string("a"));
  auto named = fetch_view("literal");
  co_await std::move(page);
  co_await std::move(named);
}
aio::Coro<> good_never_read() {
  auto nothing = unused(std::string("a"));
  co_await std::move(nothing);
}
int main() {
  asio::io_context context;
  Config config = load();
  asio::co_spawn(context, session(config), asio::detached);
  context.run();
}
aio::Coro<> good_shared_object(std::shared_ptr<Client> client) {
  auto page = client->get();
  co_await std::move(page);
}
void good_generator() {
  std::string text = "text";
  for (char letter : letters(text))
    look(letter);
}

// What has the task may be done with it in the same expression

struct Lane {
  mini::task<int> run(mini::task<int> work) {
    waiting.push_back(std::move(work));
    co_await mini::yield();
    co_return 1;
  }
  std::vector<mini::task<int>> waiting;
};
mini::task<> good_stored_and_awaited(Lane &lane) {
  co_await lane.run(lookup(std::string("a")));
}
void bad_stored(Lane &lane) {
  // CHECK: :[[@LINE+1]]:33: warning: 'name' of 'lookup' refers to a temporary
  lane.waiting.push_back(lookup(std::string("a")));
}

// A promise tells its future when it dies

struct Answer {
  ~Answer();
  mini::sleep_operation shared() { return made(this); }
  static mini::sleep_operation made([[clang::lifetimebound]] Answer *of);
};
mini::sleep_operation good_future_of_a_promise() {
  Answer answer;
  return answer.shared();
}

// Bodies that are in no file: nobody knows

mini::task<int> unknown(const std::string &name);
mini::task<> known_miss_unknown_body() {
  auto found = unknown(std::string("a"));
  co_await std::move(found);
}
