// CheckSelection.cpp - applies the rules in order

#include "checks/config/CheckSelection.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/GlobPattern.h"

#include <algorithm>

namespace corolint::config {

namespace {

std::string withDashes(llvm::StringRef Name) {
  std::string Result = Name.str();
  std::replace(Result.begin(), Result.end(), '_', '-');
  return Result;
}

llvm::StringRef tierName(Tier Of) {
  switch (Of) {
  case Tier::Low:
    return "low";
  case Tier::Medium:
    return "medium";
  case Tier::High:
    return "high";
  }
  return "";
}

bool isOnByDefault(const CheckInfo &Check, const Defaults &Otherwise) {
  return Check.DefaultTier >= Otherwise.Lowest || Otherwise.Besides.count(Check.Id);
}

/// True when \p Pattern names \p Check. A pattern that is no glob names
/// nothing.
bool names(llvm::StringRef Pattern, const CheckInfo &Check, const Defaults &Otherwise) {
  if (Pattern == "all" || Pattern == tierName(Check.DefaultTier) ||
      withDashes(Pattern) == withDashes(Check.Family))
    return true;
  if (Pattern == "default")
    return isOnByDefault(Check, Otherwise);
  auto Glob = llvm::GlobPattern::create(Pattern);
  if (Glob)
    return Glob->match(Check.Id);
  llvm::consumeError(Glob.takeError());
  return false;
}

} // namespace

Selection selectChecks(llvm::ArrayRef<RegisteredCheck> Checks, llvm::ArrayRef<Rule> Rules,
                       const Defaults &Otherwise) {
  auto First = llvm::find_if(Rules, [](const Rule &One) { return One.What == Rule::Verb::Select; });
  Selection Result;
  for (const RegisteredCheck &Check : Checks) {
    Setting<bool> &Of = Result[Check.Info.Id];
    if (First == Rules.end())
      Of.Value = isOnByDefault(Check.Info, Otherwise);
    else
      Of.From = First->From;
    for (const Rule &One : Rules)
      if (names(One.Pattern, Check.Info, Otherwise))
        Of = {One.What != Rule::Verb::Ignore, One.From};
  }
  return Result;
}

std::string mistakeIn(llvm::StringRef Pattern, llvm::ArrayRef<RegisteredCheck> Checks) {
  if (auto Glob = llvm::GlobPattern::create(Pattern); !Glob) {
    llvm::consumeError(Glob.takeError());
    return ("'" + Pattern + "' is not a pattern of check names").str();
  }
  // "default" is a good pattern even where it names none.
  bool Known = Pattern == "default" || llvm::any_of(Checks, [&](const RegisteredCheck &Check) {
                 return names(Pattern, Check.Info, {});
               });
  return Known ? "" : unknownCheck(Pattern, Checks);
}

std::string unknownCheck(llvm::StringRef Id, llvm::ArrayRef<RegisteredCheck> Checks) {
  std::vector<std::string> Known;
  for (const RegisteredCheck &Check : Checks)
    Known.push_back(Check.Info.Id);
  for (const RegisteredCheck &Check : Checks)
    if (std::string Family = withDashes(Check.Info.Family); !llvm::is_contained(Known, Family))
      Known.push_back(Family);
  for (const char *Word : {"all", "default", "high", "medium", "low"})
    Known.push_back(Word);
  std::string Hint = didYouMean(Id, Known);
  if (Hint.empty())
    Hint = "; 'corolint list' prints all";
  return ("no check is called '" + Id + "'" + Hint).str();
}

std::string didYouMean(llvm::StringRef Wrong, llvm::ArrayRef<std::string> Known) {
  std::string Best;
  unsigned BestDistance = 0;
  auto Offer = [&](llvm::StringRef Name, llvm::StringRef Part) {
    unsigned Distance = Wrong.edit_distance(Part);
    if (Distance > std::max<std::size_t>(2, Wrong.size() / 3) || Distance >= Part.size())
      return;
    if (Best.empty() || Distance < BestDistance) {
      Best = Name.str();
      BestDistance = Distance;
    }
  };
  for (llvm::StringRef Name : Known) {
    Offer(Name, Name);
    // Whoever forgets the prefix finds the name too.
    llvm::StringRef Short = Name;
    if (Short.consume_front("coro-"))
      Offer(Name, Short);
  }
  return Best.empty() ? "" : "; did you mean '" + Best + "'?";
}

} // namespace corolint::config
