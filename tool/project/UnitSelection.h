// UnitSelection.h - which translation units a run analyses
#ifndef COROLINT_TOOL_PROJECT_UNITSELECTION_H
#define COROLINT_TOOL_PROJECT_UNITSELECTION_H

#include "tool/base/Finding.h"
#include "tool/project/CompileCommands.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>
#include <vector>

namespace corolint::tool {

struct UnitSelection {
  std::vector<CompileCommand> Units;
  /// What was asked for by name and cannot be analysed.
  std::vector<UnitFailure> Failures;
  /// One line each, for the user.
  std::vector<std::string> Warnings;
  /// The requested paths, absolute; empty: the whole project.
  std::vector<std::string> Requested;
};

/// How near two files lie, absolute: twice the leading components that they share,
/// and one more for the same name without its extension.
unsigned closeness(llvm::StringRef A, llvm::StringRef B);

/// Chooses among \p Commands those that \p Paths (files or folders) name, or
/// all. A source file that is not in the database borrows the flags of its
/// nearest neighbour and says so; where \p IsStrict that is a failure instead.
/// Fails when a path does not exist or a folder holds no unit.
llvm::Expected<UnitSelection>
selectUnits(const std::vector<CompileCommand> &Commands, llvm::ArrayRef<std::string> Paths,
            llvm::function_ref<bool(const std::string &File)> IsStrict);

/// \p Folder when one of \p Units lies in it or there are none, or else the deepest
/// folder that holds all of them.
std::string folderOf(llvm::ArrayRef<CompileCommand> Units, const std::string &Folder);

} // namespace corolint::tool

#endif // COROLINT_TOOL_PROJECT_UNITSELECTION_H
