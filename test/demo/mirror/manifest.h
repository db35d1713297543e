// manifest.h - the list of what to mirror
#pragma once

#include <string>
#include <vector>

namespace mirror {

/// The lines of a manifest, those of included manifests in their place.
std::vector<std::string> read_manifest(const std::string& path);

/// Adds the lines of the manifest that "include PATH" names.
void append_included(const std::string& line, std::vector<std::string>& lines);

}  // namespace mirror
