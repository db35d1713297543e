// context.cpp - which context variables the running code sees
#include "aio/context.h"

#include "aio/errors.h"

#include <atomic>

namespace aio {

Context copy_context() {
    const detail::ContextSlot& current = detail::current_slot();
    return Context(detail::ContextSlot(new detail::ContextState(current ? current->values : detail::ContextMap())));
}

namespace detail {

namespace {

/// The context of code that runs in no task and no callback.
thread_local ContextSlot thread_slot;

std::string variable_text(const std::string& name) { return "<ContextVar name='" + name + "'>"; }

}  // namespace

thread_local constinit ContextSlot* running_slot = nullptr;

[[gnu::noinline]] ContextSlot& current_slot() noexcept { return running_slot ? *running_slot : thread_slot; }

ContextState& current_context() {
    ContextSlot& slot = current_slot();
    // Made for the code that runs, so it is in use.
    if (!slot) slot = ContextSlot(new ContextState({}, true));
    return *slot;
}

[[gnu::noinline]] ContextSlot inherit_context_slowly() {
    const ContextSlot& current = running_slot ? *running_slot : thread_slot;
    if (!current || current->values.empty()) return nullptr;
    return ContextSlot(new ContextState(current->values));
}

void throw_already_entered() { throw RuntimeError("cannot enter context: <Context> is already entered"); }

std::uint64_t next_variable_number() noexcept {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

void throw_variable_unset(const std::string& name) { throw LookupError(variable_text(name)); }

void throw_token_misused(const std::string& name, bool used, const char* why) {
    const std::string text = std::string(used ? "<Token used var=" : "<Token var=") + variable_text(name) + ">" + why;
    if (used) throw RuntimeError(text);
    throw ValueError(text);
}

}  // namespace detail
}  // namespace aio
