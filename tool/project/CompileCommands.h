// CompileCommands.h - finds and reads compile_commands.json
#ifndef COROLINT_TOOL_PROJECT_COMPILECOMMANDS_H
#define COROLINT_TOOL_PROJECT_COMPILECOMMANDS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace corolint::tool {

/// How one translation unit is compiled.
struct CompileCommand {
  std::string Directory;              ///< absolute; relative arguments start here
  std::string File;                   ///< absolute, links resolved
  std::vector<std::string> Arguments; ///< the compiler's name first
};

/// Where a database was looked for.
struct DatabaseSearch {
  std::string Path;                ///< the chosen database; empty: none
  std::vector<std::string> Others; ///< further ones, which -p would choose
  std::vector<std::string> Looked; ///< every place that was tried
};

/// Looks in \p Directory and then in its folders build*, "build" itself first.
DatabaseSearch findDatabase(llvm::StringRef Directory);

/// Reads the database at \p Path: a file, or the directory that holds
/// compile_commands.json. Of several commands for one file the first is kept.
/// Fails, with the place and the mend, when it is absent, malformed or empty.
llvm::Expected<std::vector<CompileCommand>> loadCompileCommands(llvm::StringRef Path);

/// The text of the message when findDatabase() finds none.
std::string noDatabaseMessage(const DatabaseSearch &Search);

/// The command `FLAGS FILE`, as after `--` on the command line. A first flag
/// that does not begin with '-' is the compiler.
CompileCommand commandFromFlags(llvm::StringRef File, llvm::ArrayRef<std::string> Flags);

} // namespace corolint::tool

#endif // COROLINT_TOOL_PROJECT_COMPILECOMMANDS_H
