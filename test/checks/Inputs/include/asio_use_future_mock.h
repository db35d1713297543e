// asio_use_future_mock.h - the use_future token for asio_mock.h
//
// Apart, because <future> is dear to parse.

#ifndef COROLINT_TEST_ASIO_USE_FUTURE_MOCK_H
#define COROLINT_TEST_ASIO_USE_FUTURE_MOCK_H

#include "asio_mock.h"

#include <future>

namespace boost::asio {

template <class Allocator = void> class use_future_t {
public:
  constexpr use_future_t() {}
};
inline constexpr use_future_t<> use_future;

namespace detail {
template <class Result, class Allocator>
struct token_result<Result, use_future_t<Allocator>> {
  using type = std::future<Result>;
};
} // namespace detail

} // namespace boost::asio

#endif // COROLINT_TEST_ASIO_USE_FUTURE_MOCK_H
