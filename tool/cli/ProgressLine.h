// ProgressLine.h - one line that is rewritten while the run goes on
#ifndef COROLINT_TOOL_CLI_PROGRESSLINE_H
#define COROLINT_TOOL_CLI_PROGRESSLINE_H

#include "tool/base/Terminal.h"

#include <chrono>
#include <cstddef>

namespace corolint::tool {

/// "[31/38] src/session.cpp  2 findings" on standard error: only on a terminal,
/// only after 200 ms, and gone when the object goes.
class ProgressLine {
public:
  ProgressLine(const Terminal &Screen, bool Quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine &) = delete;
  ProgressLine &operator=(const ProgressLine &) = delete;

  void show(std::size_t Done, std::size_t Total, llvm::StringRef File, std::size_t Findings);

private:
  bool Enabled;
  bool Shown = false;
  unsigned Width;
  std::chrono::steady_clock::time_point Start;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_PROGRESSLINE_H
