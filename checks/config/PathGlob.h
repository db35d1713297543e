// PathGlob.h - a glob over the files below a folder
#ifndef COROLINT_CHECKS_CONFIG_PATHGLOB_H
#define COROLINT_CHECKS_CONFIG_PATHGLOB_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/Regex.h"

#include <memory>

namespace corolint::config {

/// Names files and whole folders, in the way of a .gitignore:
///
/// * `*` and `?` match within a name, `**` across folders; `[a-z]`, `[!a-z]`
///   and `{a,b}` are known, and `\` takes the next character as it is.
/// * Without a slash inside it the glob is looked for in every folder; with one
///   it begins at the base folder. `./` and `/` at its start say so, too.
/// * A folder that matches stands for all files in it.
class PathGlob {
public:
  /// Fails for what is no glob; the message says why.
  static llvm::Expected<PathGlob> parse(llvm::StringRef Text);

  /// \p Path is seen from the base folder, with '/' between names.
  bool matches(llvm::StringRef Path) const;

private:
  explicit PathGlob(llvm::Regex Compiled);

  std::shared_ptr<const llvm::Regex> Pattern;
};

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_PATHGLOB_H
