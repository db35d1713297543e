// coro-tls-across-suspend.cpp - what belongs to a thread, used after a suspension
// RUN: %findings --strict --check=coro-tls-across-suspend %s %flags | %expect %s

#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <unistd.h>

#include <aio/aio.h>

#include "task_mock.h"
#include "windows_mock.h"

struct Context {
  int depth = 0;
  int limits[4];
  std::string user;
};

thread_local Context context;
thread_local Context *current = nullptr;
thread_local std::unique_ptr<Context> owned;
int global = 0;

Context &local_context() { return context; }
Context &new_context() {
  static thread_local Context own;
  return own;
}
Context &global_context();

mini::task<> flush();
mini::task<int> fetch();
void use(const Context &);
void use(int);
void use(unsigned long);
void use(std::thread::id);

// References and pointers

mini::task<> bad_reference() {
  Context &here = context;
  co_await flush();
  // CHECK: :[[@LINE+3]]:3: warning: 'here' refers to 'context' of the thread before the suspension; the coroutine may continue on another [coro-tls-across-suspend]
  // CHECK: :[[@LINE-3]]:19: note: taken here
  // CHECK: :[[@LINE-3]]:3: note: suspended here
  here.depth++;
}

mini::task<> bad_pointers() {
  auto *address = &context;
  Context *pointed = current;
  int *member = &context.depth;
  Context &through = *owned;
  co_await flush();
  // CHECK: :[[@LINE+1]]:8: warning: 'address' refers to 'context'
  use(*address);
  // CHECK: :[[@LINE+1]]:8: warning: 'pointed' refers to 'current'
  use(*pointed);
  // CHECK: :[[@LINE+1]]:8: warning: 'member' refers to 'context'
  use(*member);
  // CHECK: :[[@LINE+1]]:7: warning: 'through' refers to 'owned'
  use(through);
}

mini::task<> bad_accessor() {
  auto &here = local_context();
  auto &other = new_context();
  co_await flush();
  // CHECK: :[[@LINE+1]]:7: warning: 'here' holds what 'local_context' said before the suspension; the coroutine may continue on another thread
  use(here);
  // CHECK: :[[@LINE+1]]:7: warning: 'other' holds what 'new_context' said
  use(other);
}

mini::task<> good_asked_again() {
  Context *here = &context;
  use(*here);
  co_await flush();
  here = &context;
  use(*here);
  co_await flush();
  Context &there = context;
  use(there);
}

mini::task<> good_copies() {
  Context copy = context;
  int depth = context.depth;
  auto accessed = local_context();
  co_await flush();
  use(copy);
  use(depth);
  use(accessed);
}

mini::task<> good_globals() {
  int &counter = global;
  Context &shared = global_context();
  co_await flush();
  use(counter);
  use(shared);
}

// Saved and put back: by then it is another thread's.
mini::task<> bad_restore(Context &mine) {
  Context *saved = current;
  current = &mine;
  co_await flush();
  // CHECK: :[[@LINE+1]]:13: warning: 'saved' refers to 'current'
  current = saved;
}

// What functions say of their thread

mini::task<> bad_thread_id() {
  auto id = std::this_thread::get_id();
  pthread_t self = pthread_self();
  co_await flush();
  // CHECK: :[[@LINE+1]]:7: warning: 'id' holds what 'get_id' said before the suspension
  use(id);
  // CHECK: :[[@LINE+1]]:22: warning: 'self' holds what 'pthread_self' said
  pthread_setname_np(self, "worker");
}

mini::task<bool> good_token() {
  auto id = std::this_thread::get_id();
  co_await flush();
  if (id != std::this_thread::get_id())
    co_return false;
  co_return id == std::this_thread::get_id();
}

// As macros of test frameworks compare them.
template <class A, class B> bool compare(const char *, const A &, const B &);
struct Decomposer {
  template <class T> Decomposer operator<=(const T &) const;
  template <class T> bool operator!=(const T &) const;
};

mini::task<bool> good_compared_by_a_macro() {
  auto before = std::this_thread::get_id();
  co_await flush();
  auto after = std::this_thread::get_id();
  if (Decomposer() <= before != after)
    co_return true;
  co_return compare("same", before, std::this_thread::get_id());
}

// It says where the coroutine was.
mini::task<> good_printed() {
  auto id = std::this_thread::get_id();
  co_await flush();
  std::cout << "began on " << id << ", goes on on " << std::this_thread::get_id();
}

mini::task<std::thread::id> good_returned() {
  auto id = std::this_thread::get_id();
  co_await flush();
  co_return id;
}

// Set before, read after

mini::task<> bad_written(Context &mine) {
  current = &mine;
  co_await flush();
  // CHECK: :[[@LINE+1]]:8: warning: 'current' was set before the suspension; another coroutine may have set it since, and another thread has its own
  use(*current);
}

mini::task<> bad_own_variable() {
  thread_local int uses = 0;
  ++uses;
  co_await flush();
  // CHECK: :[[@LINE+1]]:7: warning: 'uses' was set before the suspension
  use(uses);
}

mini::task<> good_written_again(Context &mine) {
  current = &mine;
  use(*current);
  co_await flush();
  current = &mine;
  use(*current);
  co_await flush();
  current = nullptr;
}

// errno

mini::task<> bad_errno(int fd, char *buffer) {
  if (read(fd, buffer, 1) < 0) {
    co_await flush();
    // CHECK: :[[@LINE+1]]:9: warning: 'errno' is read after a suspension; it need not be what 'read' set any more
    use(errno);
  }
}

// What Windows has in its place

mini::task<> bad_last_error(void *file) {
  if (!CloseHandle(file)) {
    co_await flush();
    // CHECK: :[[@LINE+1]]:9: warning: 'GetLastError' is read after a suspension; it need not be what 'CloseHandle' set any more
    use(GetLastError());
  }
}
mini::task<> good_last_error(void *file) {
  if (!CloseHandle(file)) {
    unsigned long error = GetLastError();
    co_await flush();
    use(error);
  }
}

mini::task<> good_errno(int fd, char *buffer) {
  if (read(fd, buffer, 1) < 0) {
    int error = errno;
    co_await flush();
    use(error);
  }
  co_await flush();
  if (write(fd, buffer, 1) < 0)
    use(errno);
  errno = 0;
  // The await says itself that it failed.
  if (co_await fetch() < 0)
    use(errno);
}

// A coroutine of aio stays on the thread of its loop; but others run there.
aio::Coro<> good_one_thread() {
  Context &here = context;
  auto id = std::this_thread::get_id();
  co_await aio::sleep(std::chrono::seconds(0));
  use(here);
  use(id);
}

aio::Coro<> bad_one_thread(Context &mine) {
  current = &mine;
  co_await aio::sleep(std::chrono::seconds(0));
  // CHECK: :[[@LINE+1]]:8: warning: 'current' was set before the suspension
  use(*current);
}

aio::Coro<> bad_error_of_another(int fd, char *buffer) {
  if (read(fd, buffer, 1) < 0) {
    co_await aio::sleep(std::chrono::seconds(0));
    // CHECK: :[[@LINE+1]]:9: warning: 'errno' is read after a suspension
    use(errno);
  }
}

// Objects that set it, and put it back when they die

class Span {
public:
  Span() : previous(current_span) { current_span = this; }
  ~Span() { current_span = previous; }

private:
  Span *previous;
  static thread_local Span *current_span;
};

mini::task<> known_miss_span() {
  Span span;
  co_await flush();
}

// The locale of a thread
mini::task<> known_miss_locale() {
  locale_t old = uselocale(locale_t());
  co_await flush();
  uselocale(old);
}

// The number in a team, and the lock of an interpreter

extern "C" {
int omp_get_thread_num(void);
int PyGILState_Ensure(void);
void PyGILState_Release(int state);
}

mini::task<> bad_number_in_a_team() {
  int number = omp_get_thread_num();
  co_await flush();
  // CHECK: :[[@LINE+1]]:7: warning: 'number' holds what 'omp_get_thread_num' said before the suspension; the coroutine may continue on another thread [coro-tls-across-suspend]
  use(number);
}

mini::task<> known_miss_interpreter() {
  int state = PyGILState_Ensure();
  co_await flush();
  PyGILState_Release(state);
}
