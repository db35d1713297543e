// installed_runner.h - what libraries that no model knows offer to run tasks
#pragma once
#pragma GCC system_header

#include <aio/coro.h>

void run_to_its_end(aio::Coro<> task);

/// An execution context for Asio that is not of Asio.
class InstalledContext {
public:
  InstalledContext();
  ~InstalledContext();
  InstalledContext &get_executor() noexcept;
  void run();
};
