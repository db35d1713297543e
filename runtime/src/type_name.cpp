// type_name.cpp - names of types for reports
#include "aio/detail/type_name.h"

#include <cxxabi.h>
#include <cstdlib>
#include <memory>

namespace aio::detail {

std::string type_name(const std::type_info& type) { return type_name(type.name()); }

std::string type_name(const char* mangled) {
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(mangled, nullptr, nullptr, &status),
                                                      std::free);
    return status == 0 ? name.get() : mangled;
}

}  // namespace aio::detail
