// catalog.h - which files the mirror has
#pragma once

#include "journal.h"

#include <set>
#include <string>

namespace mirror {

/// The names of the published files.
class Catalog {
public:
    explicit Catalog(int descriptor) : journal_(descriptor) {}

    /// True when the file is published.
    [[nodiscard]] bool has(const std::string& name) const { return names_.count(name) != 0; }

    /// Publishes the file; returns when that is on disk.
    void add(const std::string& name);

private:
    Journal journal_;
    std::set<std::string> names_;
};

}  // namespace mirror
