// remote_failure.h - an exception on its way between processes
#pragma once

#include "aio/serialize.h"

#include <exception>

namespace aio::detail {

/// Writes the type and text of \p error.
void save_error(Saver& out, const std::exception_ptr& error);

/// Makes the exception that stands for what save_error() has written.
[[nodiscard]] std::exception_ptr load_error(Loader& in);

}  // namespace aio::detail
