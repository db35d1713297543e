// Terminal.h - colour, width and links of an output stream
#ifndef COROLINT_TOOL_BASE_TERMINAL_H
#define COROLINT_TOOL_BASE_TERMINAL_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace corolint::tool {

enum class ColorMode : std::uint8_t { Auto, Always, Never };

/// What one stream can show. Made once for standard output and once for
/// standard error; plain() for files.
class Terminal {
public:
  enum class Style : std::uint8_t { Bold, Dim, Warning, Error, Note, Help, Caret };

  /// Looks at the file descriptor \p Fd and, for ColorMode::Auto, at NO_COLOR,
  /// CLICOLOR_FORCE and TERM.
  static Terminal open(int Fd, ColorMode Mode);

  /// No colour, no links, the width of a wide window.
  static Terminal plain() { return {}; }

  bool isInteractive() const { return Interactive; }
  bool hasColor() const { return Color; }

  /// How many columns a line of source may take.
  unsigned width() const { return Width; }

  /// \p Text in \p As, or as it is without colour.
  std::string paint(Style As, llvm::StringRef Text) const;

  /// \p Text as a link to the file \p AbsolutePath where links are understood.
  std::string linkToFile(llvm::StringRef AbsolutePath, llvm::StringRef Text) const;

private:
  bool Interactive = false;
  bool Color = false;
  unsigned Width = 200;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_BASE_TERMINAL_H
