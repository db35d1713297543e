// code_address.cpp - a function's place that another process understands
#include "aio/detail/code_address.h"

#include "aio/errors.h"

#include <dlfcn.h>
#include <link.h>
#include <optional>

namespace aio::detail {

namespace {

bool contains(const dl_phdr_info& module, std::uintptr_t address) {
    for (int i = 0; i < module.dlpi_phnum; ++i) {
        const auto& segment = module.dlpi_phdr[i];
        const std::uintptr_t begin = module.dlpi_addr + segment.p_vaddr;
        if (segment.p_type == PT_LOAD && address >= begin && address < begin + segment.p_memsz) return true;
    }
    return false;
}

/// Calls \p visit for each loaded module until it returns true.
template <class F>
bool any_module(F visit) {
    const auto call = [](dl_phdr_info* module, std::size_t, void* self) -> int {
        return (*static_cast<F*>(self))(*module) ? 1 : 0;
    };
    return dl_iterate_phdr(call, &visit) != 0;
}

std::optional<std::uintptr_t> base_of(const std::string& name) {
    std::optional<std::uintptr_t> base;
    any_module([&](const dl_phdr_info& module) {
        if (name != module.dlpi_name) return false;
        base = module.dlpi_addr;
        return true;
    });
    return base;
}

}  // namespace

CodeAddress CodeAddress::of(std::uintptr_t address) {
    CodeAddress found;
    const bool any = any_module([&](const dl_phdr_info& module) {
        if (!contains(module, address)) return false;
        found.module = module.dlpi_name;
        found.offset = address - module.dlpi_addr;
        return true;
    });
    if (!any) throw RuntimeError("the function of a job belongs to no loaded program or library");
    return found;
}

std::uintptr_t CodeAddress::resolve() const {
    auto base = base_of(module);
    // The library came into the other process after this one was started.
    if (!base && dlopen(module.c_str(), RTLD_NOW)) base = base_of(module);
    if (!base) throw RuntimeError("the worker process cannot load " + module);
    return *base + offset;
}

bool is_in_main_program(std::uintptr_t address) { return CodeAddress::of(address).module.empty(); }

}  // namespace aio::detail
