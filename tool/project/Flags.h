// Flags.h - which arguments of a command matter to the analysis
#ifndef COROLINT_TOOL_PROJECT_FLAGS_H
#define COROLINT_TOOL_PROJECT_FLAGS_H

#include "tool/project/CompileCommands.h"

#include <string>
#include <vector>

namespace corolint::tool {

/// The arguments of a command without its compiler and its inputs.
struct AnalysisFlags {
  std::vector<std::string> Kept;
  /// Those that only GCC knows: left out, since Clang stops at them.
  std::vector<std::string> GccOnly;
  /// The command compiles C, a header or assembly: there is no coroutine in it.
  bool NotCxx = false;
};

/// Expands @files, then drops inputs, outputs, dependency files, plugins,
/// precompiled headers, warnings and what only GCC understands.
llvm::Expected<AnalysisFlags> analysisFlags(const CompileCommand &Command);

} // namespace corolint::tool

#endif // COROLINT_TOOL_PROJECT_FLAGS_H
