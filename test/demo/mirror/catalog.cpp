// catalog.cpp - publishes names
#include "catalog.h"

namespace mirror {

void Catalog::add(const std::string& name) {
    if (names_.insert(name).second) journal_.record("publish " + name);
}

}  // namespace mirror
