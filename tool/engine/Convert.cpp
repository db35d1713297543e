// Convert.cpp - copies member by member, and merges

#include "tool/engine/Convert.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

namespace corolint::tool {

Place convert(const facts::Place &From) {
  return {From.File, From.Line, From.Column, From.EndLine, From.EndColumn};
}

Level convert(facts::Confidence From) {
  switch (From) {
  case facts::Confidence::Low:
    return Level::Low;
  case facts::Confidence::Medium:
    return Level::Medium;
  case facts::Confidence::High:
    return Level::High;
  }
  return Level::Low;
}

static Level convert(Tier From) {
  switch (From) {
  case Tier::Low:
    return Level::Low;
  case Tier::Medium:
    return Level::Medium;
  case Tier::High:
    return Level::High;
  }
  return Level::Low;
}

static Finding convert(const facts::Finding &From) {
  Finding Result;
  Result.Check = From.Check;
  Result.Where = convert(From.Where);
  Result.Message = From.Message;
  Result.Function = From.Function;
  Result.Help = From.Help;
  if (const RegisteredCheck *Check = findCheck(From.Check))
    Result.Tier = convert(Check->Info.DefaultTier);
  Result.Confidence = convert(From.Sure);
  Result.Suppressed = From.Suppressed;
  for (const facts::Note &Step : From.Chain)
    Result.Chain.push_back({convert(Step.Where), Step.Message});
  for (const facts::Fix &Change : From.Fixes) {
    Fix &Made = Result.Fixes.emplace_back();
    Made.Title = Change.Title;
    Made.Safe = Change.Safe;
    for (const facts::Edit &One : Change.Edits)
      Made.Edits.push_back({One.File, One.Offset, One.Length, One.Text});
  }
  return Result;
}

/// What the user can do about the first error of a unit.
std::string helpFor(llvm::StringRef Message) {
  if (Message.starts_with("'coroutine' file not found"))
    return "compile with -std=c++20; another GCC's library is chosen with "
           "--gcc-install-dir=";
  if (Message.contains("file not found"))
    return "if the build generates it, build the project first; otherwise add "
           "its folder to the include paths of the target";
  if (Message.starts_with("unknown argument"))
    return "Clang 22 does not know this flag of the compile command; findings "
           "may be incomplete without it";
  if (Message.contains("'std::coroutine") || Message.contains("co_await") ||
      Message.contains("'co_return'"))
    return "coroutines need -std=c++20";
  return {};
}

CheckRow convert(const RegisteredCheck &Check) {
  CheckRow Row;
  Row.Id = Check.Info.Id;
  Row.Family = Check.Info.Family;
  Row.Tier = convert(Check.Info.DefaultTier);
  Row.Since = Check.Info.Since;
  Row.Summary = Check.Info.Summary;
  if (Check.Object)
    for (const Option &Each : Check.Object->options())
      Row.Options.push_back({Each.Name, Each.Default, Each.Help});
  return Row;
}

std::vector<Finding> convertAndMerge(const std::vector<facts::Finding> &All,
                                     const Suppressions &Comments) {
  std::vector<Finding> Result;
  for (const facts::Finding &Each : All) {
    Result.push_back(convert(Each));
    if (Each.Suppressed)
      Result.back().Justification = Comments.reason(Each);
  }
  // Among equal ones the surest comes first, then the shortest explanation,
  // then the smallest: whichever unit it came from.
  llvm::sort(Result, [](const Finding &A, const Finding &B) {
    if (A < B || B < A)
      return A < B;
    if (A.Confidence != B.Confidence)
      return A.Confidence > B.Confidence;
    if (A.Chain.size() != B.Chain.size())
      return A.Chain.size() < B.Chain.size();
    return std::tie(A.Function, A.Help, A.Chain, A.Fixes, A.Suppressed) <
           std::tie(B.Function, B.Help, B.Chain, B.Fixes, B.Suppressed);
  });
  auto Same = [](const Finding &A, const Finding &B) { return !(A < B) && !(B < A); };
  Result.erase(std::unique(Result.begin(), Result.end(), Same), Result.end());
  return Result;
}

UnitFailure convertErrors(const std::string &File, const std::vector<facts::ParseError> &Errors) {
  const facts::ParseError &First = Errors.front();
  UnitFailure Failure;
  Failure.File = File;
  Failure.Why = First.Where.Line == 0 ? UnitFailure::Kind::Command : UnitFailure::Kind::Parse;
  Failure.Where = convert(First.Where);
  Failure.Message = First.Message;
  Failure.MoreErrors = static_cast<unsigned>(Errors.size() - 1);
  Failure.Help = helpFor(First.Message);
  return Failure;
}

} // namespace corolint::tool
