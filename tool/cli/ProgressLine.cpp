// ProgressLine.cpp - writes and erases the line

#include "tool/cli/ProgressLine.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

namespace corolint::tool {

ProgressLine::ProgressLine(const Terminal &Screen, bool Quiet)
    : Enabled(!Quiet && Screen.isInteractive() && !std::getenv("CI")), Width(Screen.width()),
      Start(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() {
  if (Shown)
    llvm::errs() << "\r\033[K";
}

void ProgressLine::show(std::size_t Done, std::size_t Total, llvm::StringRef File,
                        std::size_t Findings) {
  if (!Enabled || std::chrono::steady_clock::now() - Start < std::chrono::milliseconds(200))
    return;
  std::string Text = "[" + std::to_string(Done) + "/" + std::to_string(Total) + "] " + File.str();
  if (Findings)
    Text += "  " + std::to_string(Findings) + (Findings == 1 ? " finding" : " findings");
  Shown = true;
  llvm::errs() << '\r' << llvm::StringRef(Text).take_front(Width - 1) << "\033[K";
}

} // namespace corolint::tool
