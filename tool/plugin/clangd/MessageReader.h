// MessageReader.h - where messages of a protocol end
#ifndef COROLINT_TOOL_PLUGIN_CLANGD_MESSAGEREADER_H
#define COROLINT_TOOL_PLUGIN_CLANGD_MESSAGEREADER_H

#include "llvm/ADT/StringRef.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace corolint {

/// Follows the bytes of a session in the Language Server Protocol: lines of a
/// header, an empty line, and as many bytes as the header says.
class MessageReader {
public:
  void follow(llvm::StringRef Bytes) {
    while (!Bytes.empty()) {
      if (Body) {
        std::size_t Count = std::min(Body, Bytes.size());
        Body -= Count;
        Bytes = Bytes.drop_front(Count);
        continue;
      }
      HasBegun = true;
      Line += Bytes.front();
      if (Bytes.front() == '\n')
        endLine();
      Bytes = Bytes.drop_front();
    }
  }

  /// True when what was followed ends with a whole message.
  bool isBetween() const { return !HasBegun && !Body; }

private:
  void endLine() {
    llvm::StringRef Text = llvm::StringRef(Line).trim();
    if (Text.empty()) {
      Body = Length;
      Length = 0;
      HasBegun = false;
    } else if (Text.consume_front("Content-Length:")) {
      Text.trim().getAsInteger(10, Length);
    }
    Line.clear();
  }

  std::string Line;
  bool HasBegun = false; ///< a header
  std::size_t Length = 0;
  std::size_t Body = 0; ///< bytes of it that are to come
};

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_CLANGD_MESSAGEREADER_H
