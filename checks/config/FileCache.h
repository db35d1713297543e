// FileCache.h - parsed files that are parsed again when they change
#ifndef COROLINT_CHECKS_CONFIG_FILECACHE_H
#define COROLINT_CHECKS_CONFIG_FILECACHE_H

#include "checks/config/FileState.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstdint>
#include <memory>

namespace corolint::config {

/// What one parse of a file gave. No two parses have one Version.
template <class T> struct Parsed {
  std::uint64_t Version = 0;
  std::error_code Problem; ///< the file could not be read; Value is empty
  T Value;
};

/// Keeps the last parse of each file. Not for several threads at once.
template <class T> class FileCache {
public:
  /// The parse of \p Path, by \p Parse(text) when there is none of its present
  /// content. Null when there is no such file.
  template <class Function>
  std::shared_ptr<const Parsed<T>> get(llvm::StringRef Path, Function Parse) {
    FileState Now = FileState::of(Path);
    if (Now.Problem) {
      Entries.erase(Path);
      if (Now.isAbsent())
        return nullptr;
      auto Failed = std::make_shared<Parsed<T>>();
      Failed->Version = ++Versions;
      Failed->Problem = Now.Problem;
      return Failed;
    }
    Entry &Known = Entries[Path];
    if (!Known.Last || Known.Seen != Now)
      Known = {Now, read(Path, Parse)};
    return Known.Last;
  }

private:
  struct Entry {
    FileState Seen;
    std::shared_ptr<const Parsed<T>> Last;
  };

  template <class Function>
  std::shared_ptr<const Parsed<T>> read(llvm::StringRef Path, Function Parse) {
    auto Result = std::make_shared<Parsed<T>>();
    Result->Version = ++Versions;
    auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
    if (Text)
      Result->Value = Parse((*Text)->getBuffer().str());
    else
      Result->Problem = Text.getError();
    return Result;
  }

  llvm::StringMap<Entry> Entries;
  std::uint64_t Versions = 0;
};

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_FILECACHE_H
