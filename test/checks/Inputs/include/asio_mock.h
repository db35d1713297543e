// asio_mock.h - the part of Boost.Asio that tests use
//
// Written for the tests: class and function names are Asio's, since the models
// name them; bodies are left out. Include asio_use_future_mock.h for
// use_future.

#ifndef COROLINT_TEST_ASIO_MOCK_H
#define COROLINT_TEST_ASIO_MOCK_H

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <tuple>
#include <type_traits>
#include <utility>

namespace boost::system {
class error_code {
public:
  error_code() noexcept;
  int value() const noexcept;
  explicit operator bool() const noexcept;
};
} // namespace boost::system

namespace boost::asio {

using boost::system::error_code;

// Executors and contexts

class execution_context {
public:
  enum fork_event { fork_prepare, fork_parent, fork_child };
  execution_context(const execution_context &) = delete;
  ~execution_context();
  void notify_fork(fork_event event);

protected:
  execution_context();
};

class io_context : public execution_context {
public:
  template <class Allocator, unsigned Bits> class basic_executor_type {
  public:
    io_context &context() const noexcept;
    bool running_in_this_thread() const noexcept;
  };
  using executor_type = basic_executor_type<void, 0>;
  using count_type = std::size_t;

  io_context();
  explicit io_context(int concurrency_hint);
  ~io_context();
  executor_type get_executor() noexcept;
  count_type run();
  count_type run(error_code &ec);
  template <class Rep, class Period>
  std::size_t run_for(const std::chrono::duration<Rep, Period> &time);
  template <class Clock, class Duration>
  std::size_t run_until(const std::chrono::time_point<Clock, Duration> &time);
  count_type run_one();
  template <class Rep, class Period>
  std::size_t run_one_for(const std::chrono::duration<Rep, Period> &time);
  count_type poll();
  count_type poll_one();
  void stop();
  bool stopped() const;
  void restart();
};

class thread_pool : public execution_context {
public:
  template <class Allocator, unsigned Bits> class basic_executor_type {
  public:
    thread_pool &context() const noexcept;
  };
  using executor_type = basic_executor_type<void, 0>;

  thread_pool();
  explicit thread_pool(std::size_t threads);
  ~thread_pool();
  executor_type get_executor() noexcept;
  void stop();
  void join();
  void wait();
};

class any_io_executor {
public:
  any_io_executor() noexcept;
  template <class Executor> any_io_executor(Executor executor);
  execution_context &context() const noexcept;
};

template <class Executor> class strand {
public:
  explicit strand(const Executor &executor);
  Executor get_inner_executor() const noexcept;
};
template <class Executor>
strand<Executor> make_strand(const Executor &executor);
strand<io_context::executor_type> make_strand(io_context &context);

template <class T, class Executor = any_io_executor> class awaitable;

// Completion tokens

template <class Executor = any_io_executor> struct use_awaitable_t {};
inline constexpr use_awaitable_t<> use_awaitable{};

class detached_t {
public:
  constexpr detached_t() {}
};
inline constexpr detached_t detached;

class deferred_t {
public:
  constexpr deferred_t() {}
};
inline constexpr deferred_t deferred;

template <class Result> class [[nodiscard]] deferred_async_operation {
public:
  template <class Token> auto operator()(Token &&token) &&;
};

template <class Token, class Executor> class executor_binder {
public:
  Executor get_executor() const noexcept;
};
template <class Token> class as_tuple_t {};

namespace detail {

/// The result of a function whose body is left out here.
template <class Result> Result pretend();

/// What an operation with this result returns for a token.
template <class Result, class Token> struct token_result { using type = void; };
template <class Result, class Executor>
struct token_result<Result, use_awaitable_t<Executor>> {
  using type = awaitable<Result, Executor>;
};
template <class Result> struct token_result<Result, deferred_t> {
  using type = deferred_async_operation<Result>;
};
template <class Result, class Token, class Executor>
struct token_result<Result, executor_binder<Token, Executor>>
    : token_result<Result, Token> {};
template <class Result> struct tuple_result {
  using type = std::tuple<error_code, Result>;
};
template <> struct tuple_result<void> { using type = std::tuple<error_code>; };
template <class Result, class Token>
struct token_result<Result, as_tuple_t<Token>>
    : token_result<typename tuple_result<Result>::type, Token> {};
template <class Result, class Token>
using result_of = typename token_result<Result, std::decay_t<Token>>::type;

template <class T>
concept context = std::is_base_of_v<execution_context, std::decay_t<T>>;
template <class T>
concept executor = !context<T>;
template <class T> struct awaited;
template <class T, class Executor> struct awaited<awaitable<T, Executor>> {
  using type = T;
};

} // namespace detail

template <detail::executor Executor, class Token>
executor_binder<std::decay_t<Token>, Executor> bind_executor(const Executor &,
                                                             Token &&) {
  return detail::pretend<executor_binder<std::decay_t<Token>, Executor>>();
}
template <detail::context Context, class Token>
executor_binder<std::decay_t<Token>, typename Context::executor_type>
bind_executor(Context &, Token &&) {
  return detail::pretend<
      executor_binder<std::decay_t<Token>, typename Context::executor_type>>();
}

template <class Token> as_tuple_t<std::decay_t<Token>> as_tuple(Token &&) {
  return detail::pretend<as_tuple_t<std::decay_t<Token>>>();
}

// Coroutines

namespace this_coro {
struct executor_t {
  constexpr executor_t() {}
};
inline constexpr executor_t executor;
struct cancellation_state_t {
  constexpr cancellation_state_t() {}
};
inline constexpr cancellation_state_t cancellation_state;
} // namespace this_coro

namespace detail {

template <class T, class Executor> class awaitable_frame;

template <class Executor> class awaitable_frame_base {
public:
  auto initial_suspend() noexcept { return std::suspend_always(); }
  auto final_suspend() noexcept { return std::suspend_always(); }
  void unhandled_exception();

  template <class T>
  awaitable<T, Executor> await_transform(awaitable<T, Executor> inner) const;
  template <class Result>
  awaitable<Result, Executor>
  await_transform(deferred_async_operation<Result> operation) const;
  auto await_transform(this_coro::executor_t) noexcept {
    struct result {
      bool await_ready() const noexcept { return true; }
      void await_suspend(std::coroutine_handle<>) noexcept {}
      Executor await_resume() const noexcept;
    };
    return result();
  }
};

template <class T, class Executor>
class awaitable_frame : public awaitable_frame_base<Executor> {
public:
  awaitable<T, Executor> get_return_object() noexcept;
  template <class U> void return_value(U &&value);
};

template <class Executor>
class awaitable_frame<void, Executor> : public awaitable_frame_base<Executor> {
public:
  awaitable<void, Executor> get_return_object();
  void return_void();
};

} // namespace detail

template <class T, class Executor> class [[nodiscard]] awaitable {
public:
  using value_type = T;
  using executor_type = Executor;

  constexpr awaitable() noexcept;
  awaitable(awaitable &&other) noexcept;
  awaitable(const awaitable &) = delete;
  awaitable &operator=(awaitable &&other) noexcept;
  ~awaitable();
  bool valid() const noexcept;
  bool await_ready() const noexcept;
  template <class U>
  void await_suspend(
      std::coroutine_handle<detail::awaitable_frame<U, Executor>>);
  T await_resume();
};

template <detail::executor Executor, class T, class AwaitableExecutor,
          class Token>
detail::result_of<T, Token>
co_spawn(const Executor &, awaitable<T, AwaitableExecutor>, Token &&) {
  return detail::pretend<detail::result_of<T, Token>>();
}
template <detail::context Context, class T, class AwaitableExecutor,
          class Token>
detail::result_of<T, Token> co_spawn(Context &, awaitable<T, AwaitableExecutor>,
                                     Token &&) {
  return detail::pretend<detail::result_of<T, Token>>();
}
template <detail::executor Executor, class F, class Token,
          class T = typename detail::awaited<std::invoke_result_t<F>>::type>
detail::result_of<T, Token> co_spawn(const Executor &, F &&, Token &&) {
  return detail::pretend<detail::result_of<T, Token>>();
}
template <detail::context Context, class F, class Token,
          class T = typename detail::awaited<std::invoke_result_t<F>>::type>
detail::result_of<T, Token> co_spawn(Context &, F &&, Token &&) {
  return detail::pretend<detail::result_of<T, Token>>();
}

// Handing functions over

template <class Token> detail::result_of<void, Token> post(Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}
template <detail::executor Executor, class Token>
detail::result_of<void, Token> post(const Executor &, Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}
template <detail::context Context, class Token>
detail::result_of<void, Token> post(Context &, Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}

template <class Token> detail::result_of<void, Token> dispatch(Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}
template <detail::executor Executor, class Token>
detail::result_of<void, Token> dispatch(const Executor &, Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}
template <detail::context Context, class Token>
detail::result_of<void, Token> dispatch(Context &, Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}

template <class Token> detail::result_of<void, Token> defer(Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}
template <detail::executor Executor, class Token>
detail::result_of<void, Token> defer(const Executor &, Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}
template <detail::context Context, class Token>
detail::result_of<void, Token> defer(Context &, Token &&) {
  return detail::pretend<detail::result_of<void, Token>>();
}

// Timers

template <class Clock> struct wait_traits {};

template <class Clock, class WaitTraits = wait_traits<Clock>,
          class Executor = any_io_executor>
class basic_waitable_timer {
public:
  using duration = typename Clock::duration;
  using time_point = typename Clock::time_point;

  explicit basic_waitable_timer(const Executor &executor);
  explicit basic_waitable_timer(execution_context &context);
  basic_waitable_timer(const Executor &executor, const duration &time);
  basic_waitable_timer(execution_context &context, const duration &time);
  basic_waitable_timer(basic_waitable_timer &&other);
  ~basic_waitable_timer();
  Executor get_executor() noexcept;
  std::size_t cancel();
  std::size_t expires_after(const duration &time);
  std::size_t expires_at(const time_point &time);
  void wait();
  void wait(error_code &ec);
  template <class Token = const deferred_t &>
  detail::result_of<void, Token> async_wait(Token && = deferred) {
    return detail::pretend<detail::result_of<void, Token>>();
  }
};
using steady_timer = basic_waitable_timer<std::chrono::steady_clock>;

class signal_set {
public:
  signal_set(execution_context &context, int signal);
  template <class Token> detail::result_of<int, Token> async_wait(Token &&) {
    return detail::pretend<detail::result_of<int, Token>>();
  }
  void cancel();
};

// Buffers

class mutable_buffer {};
class const_buffer {};
mutable_buffer buffer(void *data, std::size_t size) noexcept;
const_buffer buffer(const void *data, std::size_t size) noexcept;
template <std::size_t N> mutable_buffer buffer(char (&data)[N]) noexcept;

// Sockets

template <class Protocol, class Executor = any_io_executor> class basic_socket {
public:
  using endpoint_type = typename Protocol::endpoint;
  enum wait_type { wait_read, wait_write, wait_error };
  enum shutdown_type { shutdown_receive, shutdown_send, shutdown_both };

  void connect(const endpoint_type &peer);
  void connect(const endpoint_type &peer, error_code &ec);
  template <class Token = const deferred_t &>
  detail::result_of<void, Token> async_connect(const endpoint_type &,
                                               Token && = deferred) {
    return detail::pretend<detail::result_of<void, Token>>();
  }
  void wait(wait_type what);
  template <class Token = const deferred_t &>
  detail::result_of<void, Token> async_wait(wait_type, Token && = deferred) {
    return detail::pretend<detail::result_of<void, Token>>();
  }
  bool non_blocking() const;
  void non_blocking(bool mode);
  std::size_t available() const;
  void shutdown(shutdown_type what);
  void cancel();
  void close();
  bool is_open() const;

protected:
  explicit basic_socket(execution_context &context);
  explicit basic_socket(const Executor &executor);
  basic_socket(basic_socket &&other) noexcept;
  ~basic_socket();
};

template <class Protocol, class Executor = any_io_executor>
class basic_stream_socket : public basic_socket<Protocol, Executor> {
public:
  explicit basic_stream_socket(execution_context &context);
  explicit basic_stream_socket(const Executor &executor);
  basic_stream_socket(basic_stream_socket &&other) noexcept;
  ~basic_stream_socket();
  Executor get_executor() noexcept;
  template <class Buffers> std::size_t send(const Buffers &buffers);
  template <class Buffers> std::size_t receive(const Buffers &buffers);
  template <class Buffers> std::size_t read_some(const Buffers &buffers);
  template <class Buffers>
  std::size_t read_some(const Buffers &buffers, error_code &ec);
  template <class Buffers> std::size_t write_some(const Buffers &buffers);
  template <class Buffers>
  std::size_t write_some(const Buffers &buffers, error_code &ec);
  template <class Buffers, class Token = const deferred_t &>
  detail::result_of<std::size_t, Token> async_read_some(const Buffers &,
                                                        Token && = deferred) {
    return detail::pretend<detail::result_of<std::size_t, Token>>();
  }
  template <class Buffers, class Token = const deferred_t &>
  detail::result_of<std::size_t, Token> async_write_some(const Buffers &,
                                                         Token && = deferred) {
    return detail::pretend<detail::result_of<std::size_t, Token>>();
  }
};

template <class Protocol, class Executor = any_io_executor>
class basic_datagram_socket : public basic_socket<Protocol, Executor> {
public:
  explicit basic_datagram_socket(execution_context &context);
  basic_datagram_socket(basic_datagram_socket &&other) noexcept;
  ~basic_datagram_socket();
  template <class Buffers>
  std::size_t send_to(const Buffers &buffers,
                      const typename Protocol::endpoint &to);
  template <class Buffers>
  std::size_t receive_from(const Buffers &buffers,
                           typename Protocol::endpoint &from);
};

template <class Protocol, class Executor = any_io_executor>
class basic_socket_acceptor {
public:
  using endpoint_type = typename Protocol::endpoint;
  basic_socket_acceptor(execution_context &context, const endpoint_type &at);
  basic_socket_acceptor(const Executor &executor, const endpoint_type &at);
  basic_socket_acceptor(basic_socket_acceptor &&other) noexcept;
  ~basic_socket_acceptor();
  typename Protocol::socket accept();
  typename Protocol::socket accept(error_code &ec);
  template <class Token = const deferred_t &>
  detail::result_of<typename Protocol::socket, Token>
  async_accept(Token && = deferred) {
    return detail::pretend<
        detail::result_of<typename Protocol::socket, Token>>();
  }
  void non_blocking(bool mode);
  void listen();
  void cancel();
  void close();
};

namespace ip {

template <class Protocol> class basic_endpoint {
public:
  basic_endpoint() noexcept;
  basic_endpoint(const Protocol &protocol, unsigned short port) noexcept;
};

template <class Protocol> class basic_resolver_results {
public:
  using const_iterator = const basic_endpoint<Protocol> *;
  const_iterator begin() const;
  const_iterator end() const;
};

template <class Protocol, class Executor = any_io_executor>
class basic_resolver {
public:
  using results_type = basic_resolver_results<Protocol>;
  explicit basic_resolver(execution_context &context);
  explicit basic_resolver(const Executor &executor);
  basic_resolver(basic_resolver &&other) noexcept;
  ~basic_resolver();
  results_type resolve(const char *host, const char *service);
  results_type resolve(const char *host, const char *service, error_code &ec);
  template <class Token = const deferred_t &>
  detail::result_of<results_type, Token>
  async_resolve(const char *, const char *, Token && = deferred) {
    return detail::pretend<detail::result_of<results_type, Token>>();
  }
};

class tcp {
public:
  using endpoint = basic_endpoint<tcp>;
  using socket = basic_stream_socket<tcp>;
  using acceptor = basic_socket_acceptor<tcp>;
  using resolver = basic_resolver<tcp>;
  static tcp v4() noexcept;
};

class udp {
public:
  using endpoint = basic_endpoint<udp>;
  using socket = basic_datagram_socket<udp>;
  using resolver = basic_resolver<udp>;
  static udp v4() noexcept;
};

} // namespace ip

// Composed operations

template <class Stream, class Buffers>
std::size_t read(Stream &stream, const Buffers &buffers);
template <class Stream, class Buffers>
std::size_t read(Stream &stream, const Buffers &buffers, error_code &ec);
template <class Stream, class Buffers>
std::size_t write(Stream &stream, const Buffers &buffers);
template <class Stream, class Buffers>
std::size_t write(Stream &stream, const Buffers &buffers, error_code &ec);
template <class Protocol, class Executor, class Endpoints>
typename Protocol::endpoint connect(basic_socket<Protocol, Executor> &socket,
                                    const Endpoints &endpoints);
template <class Stream, class Buffers, class Token = const deferred_t &>
detail::result_of<std::size_t, Token> async_read(Stream &, const Buffers &,
                                                 Token && = deferred) {
  return detail::pretend<detail::result_of<std::size_t, Token>>();
}
template <class Stream, class Buffers, class Token = const deferred_t &>
detail::result_of<std::size_t, Token> async_write(Stream &, const Buffers &,
                                                  Token && = deferred) {
  return detail::pretend<detail::result_of<std::size_t, Token>>();
}
template <class Protocol, class Executor, class Endpoints,
          class Token = const deferred_t &>
detail::result_of<typename Protocol::endpoint, Token>
async_connect(basic_socket<Protocol, Executor> &, const Endpoints &,
              Token && = deferred) {
  return detail::pretend<
      detail::result_of<typename Protocol::endpoint, Token>>();
}

// Combining

namespace experimental::awaitable_operators {

template <class T, class U> struct both {
  T first;
  U second;
};
template <class T, class U> struct either {
  std::size_t index() const noexcept;
};

template <class Executor>
awaitable<void, Executor> operator&&(awaitable<void, Executor> a,
                                     awaitable<void, Executor> b);
template <class T, class U, class Executor>
awaitable<both<T, U>, Executor> operator&&(awaitable<T, Executor> a,
                                           awaitable<U, Executor> b);
template <class T, class U, class Executor>
awaitable<either<T, U>, Executor> operator||(awaitable<T, Executor> a,
                                             awaitable<U, Executor> b);

} // namespace experimental::awaitable_operators

} // namespace boost::asio

template <class T, class Executor, class... Arguments>
struct std::coroutine_traits<boost::asio::awaitable<T, Executor>,
                             Arguments...> {
  using promise_type = boost::asio::detail::awaitable_frame<T, Executor>;
};

#endif // COROLINT_TEST_ASIO_MOCK_H
