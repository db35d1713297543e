// generator_list.h - the asynchronous generators that a loop has started
#pragma once

#include "aio/detail/ref.h"

#include <vector>

namespace aio::detail {

class GeneratorCore;

/// Generators that have begun and not ended, in the order in which they began.
/// Does not keep them alive.
class GeneratorList {
public:
    void add(GeneratorCore& generator) noexcept;
    void remove(GeneratorCore& generator) noexcept;
    /// Empties the list for shutdown_asyncgens(); generators that begin later
    /// are warned about.
    [[nodiscard]] std::vector<Ref<GeneratorCore>> shut_down();
    [[nodiscard]] bool is_shut_down() const noexcept { return shut_down_; }

private:
    GeneratorCore* first_ = nullptr;
    GeneratorCore* last_ = nullptr;
    bool shut_down_ = false;
};

}  // namespace aio::detail
