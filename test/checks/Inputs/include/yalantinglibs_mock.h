// yalantinglibs_mock.h - the declarations of yalantinglibs that tests use
#ifndef COROLINT_TEST_YALANTINGLIBS_MOCK_H
#define COROLINT_TEST_YALANTINGLIBS_MOCK_H

#include "async_simple_mock.h"

#include <functional>
#include <string>

namespace coro_io {

template <class ExecutorImpl = int> class ExecutorWrapper : public async_simple::Executor {
public:
  bool schedule(std::function<void()> function);
};
ExecutorWrapper<> *get_global_executor();
ExecutorWrapper<> *get_global_block_executor();

async_simple::coro::Lazy<int> post(std::function<void()> function,
                                   ExecutorWrapper<> *on = get_global_block_executor());

struct socket {};
int read(socket &from, std::string &into);
async_simple::coro::Lazy<int> async_read(socket &from, std::string &into);

} // namespace coro_io

namespace coro_rpc {
class coro_rpc_client {
public:
  int sync_connect(const std::string &host, const std::string &port);
  async_simple::coro::Lazy<int> connect(const std::string &host, const std::string &port);
};
} // namespace coro_rpc

namespace cinatra {
class coro_http_client {
public:
  int get(std::string uri);
  async_simple::coro::Lazy<int> async_get(std::string uri);
};
} // namespace cinatra
namespace coro_http = cinatra;

#endif // COROLINT_TEST_YALANTINGLIBS_MOCK_H
