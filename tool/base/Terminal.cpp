// Terminal.cpp - asks the environment and writes escape sequences

#include "tool/base/Terminal.h"

#include "llvm/ADT/StringExtras.h"

#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace corolint::tool;

namespace {

bool isSet(const char *Name) {
  const char *Value = std::getenv(Name);
  return Value && *Value;
}

bool wantsColor(ColorMode Mode, bool Interactive) {
  if (Mode != ColorMode::Auto)
    return Mode == ColorMode::Always;
  if (isSet("NO_COLOR"))
    return false;
  if (const char *Force = std::getenv("CLICOLOR_FORCE");
      Force && *Force && llvm::StringRef(Force) != "0")
    return true;
  const char *Term = std::getenv("TERM");
  return Interactive && Term && llvm::StringRef(Term) != "dumb";
}

const char *sequence(Terminal::Style As) {
  switch (As) {
  case Terminal::Style::Bold:
    return "\033[1m";
  case Terminal::Style::Dim:
    return "\033[2m";
  case Terminal::Style::Warning:
    return "\033[1;35m";
  case Terminal::Style::Error:
    return "\033[1;31m";
  case Terminal::Style::Note:
    return "\033[1;36m";
  case Terminal::Style::Help:
  case Terminal::Style::Caret:
    return "\033[1;32m";
  }
  return "";
}

/// The characters that a file URL may hold as they are.
bool isUrlSafe(char C) { return llvm::isAlnum(C) || llvm::StringRef("/-._~+,").contains(C); }

} // namespace

Terminal Terminal::open(int Fd, ColorMode Mode) {
  Terminal Result;
  Result.Interactive = isatty(Fd);
  Result.Color = wantsColor(Mode, Result.Interactive);
  winsize Size{};
  if (Result.Interactive && ioctl(Fd, TIOCGWINSZ, &Size) == 0 && Size.ws_col >= 40)
    Result.Width = Size.ws_col;
  return Result;
}

std::string Terminal::paint(Style As, llvm::StringRef Text) const {
  if (!Color || Text.empty())
    return Text.str();
  return sequence(As) + Text.str() + "\033[0m";
}

std::string Terminal::linkToFile(llvm::StringRef AbsolutePath, llvm::StringRef Text) const {
  // A forced colour on a pipe is for a log viewer, which seldom knows OSC 8.
  if (!Color || !Interactive)
    return Text.str();
  static const char Digits[] = "0123456789ABCDEF";
  std::string Url = "file://";
  char Host[256] = {};
  if (gethostname(Host, sizeof(Host) - 1) == 0)
    Url += Host;
  for (char C : AbsolutePath) {
    if (isUrlSafe(C)) {
      Url += C;
      continue;
    }
    auto Byte = static_cast<unsigned char>(C);
    Url += {'%', Digits[Byte >> 4], Digits[Byte & 15]};
  }
  return "\033]8;;" + Url + "\033\\" + Text.str() + "\033]8;;\033\\";
}
