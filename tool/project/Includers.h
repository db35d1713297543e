// Includers.h - which unit reads a header
#ifndef COROLINT_TOOL_PROJECT_INCLUDERS_H
#define COROLINT_TOOL_PROJECT_INCLUDERS_H

#include "tool/project/CompileCommands.h"

#include <map>

namespace corolint::tool {

/// Follows the #include lines of a project, without a preprocessor: what a
/// condition would leave out counts too.
class Includers {
public:
  explicit Includers(llvm::ArrayRef<CompileCommand> Commands) : Commands(Commands) {}

  /// The nearest unit that includes \p Header (absolute), itself or through
  /// other headers; one of the same name comes first. Null when there is none.
  const CompileCommand *of(llvm::StringRef Header);

private:
  bool reads(const CompileCommand &Unit, llvm::StringRef Header);
  const std::vector<std::string> &namesIn(const std::string &File);

  llvm::ArrayRef<CompileCommand> Commands;
  /// What the #include lines of a file name.
  std::map<std::string, std::vector<std::string>> Names;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_PROJECT_INCLUDERS_H
