// PluginArguments.h - what -fplugin-arg-corolint-... says
#ifndef COROLINT_TOOL_PLUGIN_PLUGINARGUMENTS_H
#define COROLINT_TOOL_PLUGIN_PLUGINARGUMENTS_H

#include "checks/config/Configuration.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace corolint {

/// The arguments of the compiler plugin.
struct PluginArguments {
  std::string Facts; ///< where to write them; empty: beside the object
  std::string Root;  ///< of the project, absolute; empty: found
  bool AsErrors = false;
  config::Request Asked; ///< what is asked of the configuration
};

/// Reads \p Words, each "name" or "name=value". The error says which is wrong,
/// and what may be meant.
llvm::Expected<PluginArguments> parsePluginArguments(const std::vector<std::string> &Words);

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_PLUGINARGUMENTS_H
