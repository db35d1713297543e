// coro-sync-alternative.cpp - functions that have an awaitable twin
//
// RUN: %findings --strict --check=coro-sync-alternative %s %flags | %expect %s

#include <string>
#include <unistd.h>
#include <vector>

#include <aio/aio.h>

#include "task_mock.h"

struct Row {
  int number;
};

struct Database {
  Row query(const std::string &text);
  aio::Coro<Row> query_async(std::string text);
  void commit();
  aio::Coro<> async_commit(int retries = 3);
  int count();
  aio::Coro<int> co_count();
  bool ping();
  mini::task<bool> pingAsync();
  void reset();
  mini::job<> asyncReset();
  static void vacuum(int level);
  static aio::Coro<> vacuum_coro(int level);

  Row first();
  aio::Coro<std::vector<Row>> async_first(); // gives something else
  void close();
  void async_close(); // cannot be awaited
  void open(int mode);
  aio::Coro<> open_async(std::string name); // takes something else
  int size() const;

  // CHECK: :[[@LINE+1]]:38: warning: 'Database::count' keeps the thread until it is done; 'Database::co_count'
  aio::Coro<int> total() { co_return count(); }
  // The twin itself.
  aio::Coro<int> sum_async() { co_return sum(); }
  int sum();
};

struct Replica : Database {
  Row query(const std::string &text);
};

struct Cache {
  // A leaf never waits, whatever its twin does.
  int size() const { return size_; }
  aio::Coro<int> size_async() const;
  // The linker follows it to what blocks.
  void save() { ::fsync(0); }
  aio::Coro<> save_async();
  void store() { save(); }
  aio::Coro<> store_async();
  // Nobody knows what it calls.
  void flush() { flush_pages(1); }
  aio::Coro<> flush_async();
  void flush_pages(int from);
  // They find only what is there.
  Row *find(int number);
  aio::Coro<Row> find_async(int number);
  int size_ = 0;

private:
  void drop();
  aio::Coro<> drop_async();
  friend aio::Coro<> good_private(Cache &);
};

namespace files {
std::string load(const std::string &path);
mini::task<std::string> load_async(const std::string &path);
std::string show(const std::string &path);
} // namespace files

aio::Coro<> bad_members(Database &database, Database *other) {
  // CHECK: :[[@LINE+1]]:3: warning: 'Database::query' keeps the thread until it is done; 'Database::query_async' does the same and can be awaited [coro-sync-alternative]
  database.query("all");
  // CHECK: :[[@LINE+1]]:3: warning: 'Database::commit' keeps the thread until it is done; 'Database::async_commit'
  other->commit();
  // CHECK: :[[@LINE+1]]:7: warning: 'Database::count' keeps the thread until it is done; 'Database::co_count'
  if (database.count() > 3)
    // CHECK: :[[@LINE+1]]:5: warning: 'Database::ping' keeps the thread until it is done; 'Database::pingAsync'
    database.ping();
  // CHECK: :[[@LINE+1]]:3: warning: 'Database::reset' keeps the thread until it is done; 'Database::asyncReset'
  database.reset();
  // CHECK: :[[@LINE+1]]:3: warning: 'Database::vacuum' keeps the thread until it is done; 'Database::vacuum_coro'
  Database::vacuum(1);
  co_return;
}

aio::Coro<> bad_inherited(Replica &replica) {
  // CHECK: :[[@LINE+1]]:3: warning: 'Database::commit' keeps the thread
  replica.commit();
  // The base has the twin.
  // CHECK: :[[@LINE+1]]:3: warning: 'Replica::query' keeps the thread until it is done; 'Database::query_async'
  replica.query("all");
  co_return;
}

aio::Coro<> bad_calls_what_nobody_knows(Cache &cache) {
  // CHECK: :[[@LINE+1]]:3: warning: 'Cache::flush' keeps the thread
  cache.flush();
  co_return;
}

template <class T> mini::task<T> bad_template(Database &database, T value) {
  // CHECK: :[[@LINE+1]]:3: warning: 'Database::commit' keeps the thread
  database.commit();
  co_return value;
}
template mini::task<int> bad_template<int>(Database &, int);

mini::task<> bad_free_function() {
  // CHECK: :[[@LINE+1]]:3: warning: 'files::load' keeps the thread until it is done; 'files::load_async'
  files::load("config");
  co_return;
}

void bad_lambda(Database &database) {
  auto work = [&]() -> aio::Coro<> {
    // CHECK: :[[@LINE+1]]:5: warning: 'Database::commit' keeps the thread
    database.commit();
    co_return;
  };
  aio::run(work());
}

// Silent: the twin is used, or there is none

aio::Coro<> good_known(Cache &cache) {
  cache.size();
  cache.find(1);
  co_return;
}
aio::Coro<> good_private(Cache &cache) {
  cache.drop();
  co_return;
}

// The blocking call itself is reported, through both.
aio::Coro<> good_blocks_for_sure(Cache &cache) {
  cache.save();
  cache.store();
  co_return;
}

aio::Coro<> good_twins(Database &database) {
  co_await database.query_async("all");
  co_await database.async_commit();
  database.first();
  database.close();
  database.open(1);
  database.size();
  files::show("config");
}

// Silent: not on the loop

void good_plain(Database &database) {
  database.commit();
  files::load("config");
}

aio::Coro<> good_on_a_thread(Database &database) {
  co_await aio::to_thread([&] { database.commit(); });
}

// Silent: the twin is written with it

mini::task<std::string> files::load_async(const std::string &path) { co_return load(path); }

// Silent: a sequence is made where it is asked for

mini::generator<int> good_generator(Database &database) { co_yield database.count(); }

// Not reported: the twin takes another argument, or stands elsewhere.

struct Client {
  std::string get(const std::string &url);
};
aio::Coro<std::string> get_async(Client &client, std::string url);
aio::Coro<> known_miss_elsewhere(Client &client) {
  client.get("url");
  co_return;
}

// Nobody can tell that this is the twin.
struct Archive {
  void save(int page);
  aio::Coro<> persist(int page);
};
aio::Coro<> known_miss_named_otherwise(Archive &archive) {
  archive.save(1);
  co_return;
}
