// code_address.h - a function's place that another process understands
#pragma once

#include "aio/serialize.h"

#include <cstdint>
#include <string>

namespace aio::detail {

/// An address in code, relative to the program or library that contains it.
///
/// Processes that run the same program may have loaded it elsewhere.
struct CodeAddress {
    std::string module;  // path of a library; empty for the program itself
    std::uintptr_t offset = 0;

    /// Throws RuntimeError when no loaded module contains \p address.
    static CodeAddress of(std::uintptr_t address);
    /// The address here; loads the library when need be, else throws RuntimeError.
    [[nodiscard]] std::uintptr_t resolve() const;
};

inline void aio_save(Saver& out, const CodeAddress& address) { out(address.module, address.offset); }
inline void aio_load(Loader& in, CodeAddress& address) { in(address.module, address.offset); }

/// True when the function at \p address is part of the program itself and not of
/// a shared library.
[[nodiscard]] bool is_in_main_program(std::uintptr_t address);

}  // namespace aio::detail
