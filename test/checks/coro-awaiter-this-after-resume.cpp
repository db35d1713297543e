// coro-awaiter-this-after-resume.cpp - awaiters used after they were handed on
// RUN: %findings --strict --check=coro-awaiter-this-after-resume %s %flags | %expect %s

#include <atomic>
#include <coroutine>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

struct Promise {
  int result = 0;
  std::coroutine_handle<> continuation;
};

struct Awaiter {
  bool await_ready() const noexcept { return false; }
  void await_resume() const noexcept {}
  int value_ = 0;
  bool waiting_ = false;
  std::coroutine_handle<> handle_;
};

struct Loop {
  void post(std::function<void()> work);
  void call_soon(std::coroutine_handle<> handle);
};

class Pool {
public:
  void post(std::function<void()> work);
  void add(std::coroutine_handle<> handle);
  bool try_add(std::coroutine_handle<> handle);

private:
  std::vector<std::thread> threads_;
};

// Resumed

struct BadResumed : Awaiter {
  void await_suspend(std::coroutine_handle<> handle) {
    handle.resume();
    // CHECK: :[[@LINE+2]]:5: warning: the awaiter is used after the coroutine was resumed, which may have destroyed it [coro-awaiter-this-after-resume]
    // CHECK: :[[@LINE-2]]:5: note: resumed here
    value_ = 1;
  }
};

struct BadResumedMember : Awaiter {
  void await_suspend(std::coroutine_handle<> handle) {
    handle_ = handle;
    handle_();
    // CHECK: :[[@LINE+1]]:5: warning: the awaiter is used after the coroutine was resumed
    this->waiting_ = false;
  }
};

struct BadPromise : Awaiter {
  void await_suspend(std::coroutine_handle<Promise> handle) {
    auto &promise = handle.promise();
    auto copy = handle;
    copy.resume();
    // CHECK: :[[@LINE+1]]:5: warning: the coroutine is used after the coroutine was resumed
    promise.result = 1;
  }
};

struct BadAsked : Awaiter {
  bool await_suspend(std::coroutine_handle<Promise> handle) {
    handle.resume();
    // CHECK: :[[@LINE+1]]:13: warning: the coroutine is used after the coroutine was resumed
    return !handle.done();
  }
};

struct BadDestroyed : Awaiter {
  void await_suspend(std::coroutine_handle<Promise> handle) noexcept {
    handle.destroy();
    // CHECK: :[[@LINE+1]]:7: warning: the awaiter is used after the coroutine was destroyed
    ++value_;
  }
};

struct BadOnOnePath : Awaiter {
  template <class P> void await_suspend(std::coroutine_handle<P> handle) {
    if (value_ > 0)
      handle.resume();
    // CHECK: :[[@LINE+1]]:5: warning: the awaiter is used after the coroutine was resumed
    waiting_ = true;
  }
};
template void BadOnOnePath::await_suspend(std::coroutine_handle<Promise>);

struct BadGuard : Awaiter {
  std::mutex mutex_;
  void await_suspend(std::coroutine_handle<> handle) {
    // CHECK: :[[@LINE+1]]:21: warning: the awaiter is used after the coroutine was resumed
    std::lock_guard guard(mutex_);
    handle.resume();
  }
};

struct GoodOrder : Awaiter {
  void await_suspend(std::coroutine_handle<> handle) {
    waiting_ = true;
    value_ = 1;
    handle.resume();
  }
};

struct GoodLocals : Awaiter {
  Loop *loop_ = nullptr;
  void await_suspend(std::coroutine_handle<Promise> handle) {
    Loop *loop = loop_;
    int value = value_;
    handle.resume();
    if (value)
      loop->post([] {});
  }
};

struct GoodTransfer : Awaiter {
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> handle) {
    waiting_ = true;
    return handle.promise().continuation;
  }
};

// Another coroutine is resumed.
struct GoodOther : Awaiter {
  std::coroutine_handle<> other_;
  void await_suspend(std::coroutine_handle<Promise> handle) {
    handle_ = handle;
    other_.resume();
    waiting_ = true;
  }
};

struct GoodOtherBranch : Awaiter {
  bool await_suspend(std::coroutine_handle<> handle) {
    if (value_ == 0) {
      handle.resume();
      return true;
    }
    waiting_ = true;
    return true;
  }
};

// Given to another thread

struct BadThread : Awaiter {
  void await_suspend(std::coroutine_handle<> handle) {
    // CHECK: :[[@LINE+3]]:5: warning: the awaiter is used after another thread could resume the coroutine, which may have destroyed it
    // CHECK: :[[@LINE+1]]:5: note: given to another thread here
    std::thread([handle] { handle.resume(); }).detach();
    waiting_ = true;
  }
};

struct BadNewThread {
  std::jthread *p_out;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    std::jthread &out = *p_out;
    out = std::jthread([handle] { handle.resume(); });
    // CHECK: :[[@LINE+1]]:5: warning: the awaiter is used after another thread could resume
    p_out->get_id();
  }
  void await_resume() {}
};

struct GoodNewThread {
  std::jthread *p_out;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    std::jthread &out = *p_out;
    out = std::jthread([handle] { handle.resume(); });
    out.get_id();
  }
  void await_resume() {}
};

auto bad_local_awaiter(std::thread &thread) {
  struct Here {
    std::thread &thread;
    int started = 0;
    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<> handle) {
      thread = std::thread(handle);
      // CHECK: :[[@LINE+1]]:9: warning: the awaiter is used after another thread could resume
      ++started;
    }
    void await_resume() {}
  };
  return Here{thread};
}

struct BadPool : Awaiter {
  Pool &pool_;
  void await_suspend(std::coroutine_handle<> handle) {
    pool_.add(handle);
    // CHECK: :[[@LINE+1]]:5: warning: the awaiter is used after another thread could resume
    waiting_ = true;
  }
};

struct GoodRefused : Awaiter {
  Pool &pool_;
  bool await_suspend(std::coroutine_handle<> handle) {
    if (!pool_.try_add(handle))
      waiting_ = true;
    return true;
  }
};

struct BadAccepted : Awaiter {
  Pool &pool_;
  bool await_suspend(std::coroutine_handle<> handle) {
    if (pool_.try_add(handle))
      // CHECK: :[[@LINE+1]]:7: warning: the awaiter is used after another thread could resume
      waiting_ = true;
    return true;
  }
};

struct BadThreads : Awaiter {
  std::vector<std::thread> &threads_;
  void await_suspend(std::coroutine_handle<> handle) {
    threads_.emplace_back([handle] { handle.resume(); });
    // CHECK: :[[@LINE+1]]:5: warning: the awaiter is used after another thread could resume
    waiting_ = true;
  }
};

struct BadPoolCallback : Awaiter {
  Pool *pool_;
  void await_suspend(std::coroutine_handle<> handle) {
    handle_ = handle;
    pool_->post([this] { handle_.resume(); });
    // CHECK: :[[@LINE+1]]:5: warning: the awaiter is used after another thread could resume
    waiting_ = true;
  }
};

// The loop runs on this thread, and only later.
struct GoodLoop : Awaiter {
  Loop &loop_;
  void await_suspend(std::coroutine_handle<> handle) {
    loop_.call_soon(handle);
    loop_.post([this] { handle_.resume(); });
    waiting_ = true;
  }
};

// Put where another thread finds it

struct Queue {
  std::mutex mutex;
  std::deque<std::coroutine_handle<>> waiters;
};

struct BadQueue : Awaiter {
  Queue &queue_;
  void await_suspend(std::coroutine_handle<> handle) {
    {
      std::lock_guard guard(queue_.mutex);
      queue_.waiters.push_back(handle);
    }
    // CHECK: :[[@LINE+2]]:5: warning: the awaiter is used after another thread could resume
    // CHECK: :[[@LINE-3]]:7: note: put here where others find it once the lock is released
    waiting_ = true;
  }
};

struct BadUnlocked : Awaiter {
  Queue &queue_;
  void await_suspend(std::coroutine_handle<> handle) {
    std::unique_lock guard(queue_.mutex);
    queue_.waiters.push_back(handle);
    guard.unlock();
    // CHECK: :[[@LINE+1]]:7: warning: the awaiter is used after another thread could resume
    ++value_;
  }
};

struct GoodQueue : Awaiter {
  Queue &queue_;
  bool await_suspend(std::coroutine_handle<> handle) {
    std::lock_guard guard(queue_.mutex);
    if (value_)
      return false;
    queue_.waiters.push_back(handle);
    waiting_ = true;
    return true;
  }
};

struct BadAtomic : Awaiter {
  std::atomic<void *> &slot_;
  void await_suspend(std::coroutine_handle<> handle) {
    slot_.store(handle.address());
    // CHECK: :[[@LINE+1]]:5: warning: the awaiter is used after another thread could resume
    waiting_ = true;
  }
};

struct BadExchanged : Awaiter {
  std::atomic<void *> &slot_;
  bool await_suspend(std::coroutine_handle<> handle) {
    void *expected = nullptr;
    if (slot_.compare_exchange_strong(expected, handle.address())) {
      // CHECK: :[[@LINE+1]]:7: warning: the awaiter is used after another thread could resume
      waiting_ = true;
      return true;
    }
    return false;
  }
};

struct GoodExchanged : Awaiter {
  std::atomic<void *> &slot_;
  void *next_ = nullptr;
  bool await_suspend(std::coroutine_handle<> handle) {
    handle_ = handle;
    void *old = slot_.load();
    do {
      if (old == nullptr)
        return false;
      next_ = old;
    } while (!slot_.compare_exchange_weak(old, this));
    return true;
  }
};

// Whoever finds it counts down as well, and the last one resumes.
struct GoodCounted : Awaiter {
  std::atomic<GoodCounted *> &newest_;
  GoodCounted *next_ = nullptr;
  std::atomic<int> count_ = 2;
  bool await_suspend(std::coroutine_handle<> handle) {
    handle_ = handle;
    GoodCounted *head = newest_.load();
    do {
      next_ = head;
    } while (!newest_.compare_exchange_weak(head, this));
    return count_.fetch_sub(1) != 1;
  }
};

struct GoodAgreed : Awaiter {
  std::atomic<bool> done_ = false;
  bool await_suspend(std::coroutine_handle<> handle) {
    handle_ = handle;
    std::thread([this] {
      if (done_.exchange(true))
        handle_.resume();
    }).detach();
    return !done_.exchange(true);
  }
};

// Whether this loop runs on another thread is not known.
struct KnownMissUnknownCallback : Awaiter {
  Loop &loop_;
  void await_suspend(std::coroutine_handle<> handle) {
    loop_.post([handle] { handle.resume(); });
    waiting_ = true;
  }
};
