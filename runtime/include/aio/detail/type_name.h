// type_name.h - names of types for reports
#pragma once

#include <string>
#include <typeinfo>

namespace aio::detail {

/// The name of \p type as C++ writes it.
[[nodiscard]] std::string type_name(const std::type_info& type);
/// The same for a name as the linker writes it.
[[nodiscard]] std::string type_name(const char* mangled);

}  // namespace aio::detail
