// ChangedLines.cpp - which lines of which files a change touches

#include "tool/base/ChangedLines.h"

#include "llvm/ADT/STLExtras.h"

using namespace corolint::tool;

bool ChangedLines::touches(llvm::StringRef File, unsigned First, unsigned Last) const {
  auto Known = Files.find(File.str());
  return Known != Files.end() && llvm::any_of(Known->second, [&](const auto &Range) {
           return First <= Range.second && Range.first <= Last;
         });
}

std::vector<std::string> ChangedLines::files() const {
  std::vector<std::string> Result;
  for (const auto &[File, Ranges] : Files)
    Result.push_back(File);
  return Result;
}
