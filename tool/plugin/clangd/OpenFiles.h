// OpenFiles.h - what the editor has open, and what steers its findings
#ifndef COROLINT_TOOL_PLUGIN_CLANGD_OPENFILES_H
#define COROLINT_TOOL_PLUGIN_CLANGD_OPENFILES_H

#include "checks/config/Configuration.h"
#include "checks/config/FileState.h"

#include "llvm/ADT/StringMap.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace corolint {

/// The files that are open in the editor. Any thread may ask.
class OpenFiles {
public:
  /// Those of this process, which has one editor.
  static OpenFiles &all();

  /// \p File was opened or edited.
  void add(llvm::StringRef File);
  void remove(llvm::StringRef File);
  bool isEmpty() const;

  /// Looks again at what steers the findings of each file: its configuration with
  /// the models that it names, and the linked summary. The name of a file for
  /// which that has changed since it was looked at last, if there is one.
  std::optional<std::string> findChanged();

  /// Another number after each change; none for a file that is not open.
  std::optional<std::uint64_t> version(llvm::StringRef File) const;

private:
  struct Entry {
    std::uint64_t Version = 0;
    /// Kept, so that no other comes to lie at its address.
    std::shared_ptr<const config::Configuration> Config;
    config::FileState Summary;
  };
  static bool refresh(Entry &Of, llvm::StringRef File);

  mutable std::mutex Guard;
  llvm::StringMap<Entry> Files;
};

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_CLANGD_OPENFILES_H
