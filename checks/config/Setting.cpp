// Setting.cpp - words the place of a mistake

#include "checks/config/Setting.h"

#include "llvm/ADT/STLExtras.h"

namespace corolint::config {

std::string describe(const Mistake &One) {
  if (One.Line == 0)
    return One.Message;
  return One.File + ":" + std::to_string(One.Line) + ":" + std::to_string(One.Column) +
         ": error: " + One.Message;
}

void addMistakes(std::vector<Mistake> &To, const std::vector<Mistake> &More) {
  for (const Mistake &One : More)
    if (llvm::none_of(To, [&](const Mistake &Known) { return describe(Known) == describe(One); }))
      To.push_back(One);
}

} // namespace corolint::config
