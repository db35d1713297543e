// SourceText.h - lines of source files, read once each
#ifndef COROLINT_TOOL_BASE_SOURCETEXT_H
#define COROLINT_TOOL_BASE_SOURCETEXT_H

#include "llvm/ADT/StringRef.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace llvm {
class MemoryBuffer;
} // namespace llvm

namespace corolint::tool {

/// Reads files by the names that findings carry, which are relative to the
/// project root. A file that cannot be read has no lines.
class SourceText {
public:
  /// \p Root is an absolute path.
  explicit SourceText(std::string Root);
  ~SourceText();

  const std::string &root() const { return Root; }

  /// The absolute path of \p File.
  std::string absolute(llvm::StringRef File) const;

  /// Line \p Number (from 1) of \p File without its end; empty when absent.
  llvm::StringRef line(const std::string &File, unsigned Number);

  /// Where the byte \p Offset of \p File lies, from 1; columns count bytes.
  /// 1, 1 in a file that cannot be read.
  std::pair<unsigned, unsigned> position(const std::string &File, unsigned Offset);

private:
  struct Entry {
    std::unique_ptr<llvm::MemoryBuffer> Buffer;
    std::vector<llvm::StringRef> Lines;
  };

  const Entry &load(const std::string &File);

  std::string Root;
  std::map<std::string, Entry> Entries;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_BASE_SOURCETEXT_H
