// Requirement.cpp - compares versions

#include "checks/config/Requirement.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/VersionTuple.h"

namespace corolint::config {

namespace {

using Comparison = bool (*)(const llvm::VersionTuple &, const llvm::VersionTuple &);

/// Takes the operator off \p Text; null when it begins with none.
Comparison takeOperator(llvm::StringRef &Text) {
  using Version = const llvm::VersionTuple &;
  if (Text.consume_front(">="))
    return [](Version A, Version B) { return A >= B; };
  if (Text.consume_front("<="))
    return [](Version A, Version B) { return A <= B; };
  if (Text.consume_front("=="))
    return [](Version A, Version B) { return A == B; };
  if (Text.consume_front(">"))
    return [](Version A, Version B) { return A > B; };
  if (Text.consume_front("<"))
    return [](Version A, Version B) { return A < B; };
  return nullptr;
}

} // namespace

llvm::Expected<bool> meets(llvm::StringRef Version, llvm::StringRef Text) {
  llvm::VersionTuple Ours, Theirs;
  Ours.tryParse(Version);
  llvm::SmallVector<llvm::StringRef, 2> Parts;
  Text.split(Parts, ',');
  bool Result = true;
  for (llvm::StringRef Part : Parts) {
    llvm::StringRef Number = Part.trim();
    Comparison Holds = takeOperator(Number);
    Number = Number.trim();
    if (!Holds || Number.empty() || Theirs.tryParse(Number))
      return llvm::createStringError("'" + Part.trim() +
                                     "' compares no version; write it like '>=0.1'");
    Result = Result && Holds(Ours, Theirs);
  }
  return Result;
}

} // namespace corolint::config
