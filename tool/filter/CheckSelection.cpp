// CheckSelection.cpp - applies --select and --ignore in order

#include "tool/filter/CheckSelection.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

namespace corolint::tool {

namespace {

std::string withDashes(llvm::StringRef Name) {
  std::string Result = Name.str();
  llvm::replace(Result, '_', '-');
  return Result;
}

/// The ids that \p Pattern names; none when it names nothing.
llvm::Expected<std::set<std::string>>
named(llvm::StringRef Pattern, llvm::ArrayRef<CheckRow> Checks, Level Lowest) {
  auto Glob = llvm::GlobPattern::create(Pattern);
  if (!Glob) {
    llvm::consumeError(Glob.takeError());
    return llvm::createStringError("'" + Pattern +
                                   "' is not a pattern of check names");
  }
  std::set<std::string> Result;
  for (const CheckRow &Check : Checks)
    if (Pattern == "all" || (Pattern == "default" && Check.Tier >= Lowest) ||
        withDashes(Pattern) == withDashes(Check.Family) ||
        Glob->match(Check.Id))
      Result.insert(Check.Id);
  return Result;
}

llvm::Error unknown(llvm::StringRef Pattern, llvm::ArrayRef<CheckRow> Checks) {
  std::vector<std::string> Known = checkIds(Checks);
  for (const CheckRow &Check : Checks)
    if (!llvm::is_contained(Known, Check.Family))
      Known.push_back(withDashes(Check.Family));
  llvm::append_range(Known, std::vector<std::string>{"all", "default"});
  std::string Hint = didYouMean(Pattern, Known);
  if (Hint.empty())
    Hint = "; 'corolint list' prints all";
  return llvm::createStringError("no check is called '" + Pattern + "'" + Hint);
}

} // namespace

std::vector<std::string> checkIds(llvm::ArrayRef<CheckRow> Checks) {
  std::vector<std::string> Result;
  for (const CheckRow &Check : Checks)
    Result.push_back(Check.Id);
  return Result;
}

std::string didYouMean(llvm::StringRef Wrong,
                       llvm::ArrayRef<std::string> Known) {
  std::string Best;
  unsigned BestDistance = 0;
  auto Offer = [&](llvm::StringRef Name, llvm::StringRef Part) {
    unsigned Distance = Wrong.edit_distance(Part);
    if (Distance > std::max<std::size_t>(2, Wrong.size() / 3) ||
        Distance >= Part.size())
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

llvm::Expected<std::set<std::string>>
selectChecks(llvm::ArrayRef<CheckRow> Checks,
             llvm::ArrayRef<SelectionRule> Rules, Level Lowest) {
  std::set<std::string> Result;
  if (llvm::none_of(Rules, [](const SelectionRule &R) { return R.Select; }))
    for (const CheckRow &Check : Checks)
      if (Check.Tier >= Lowest)
        Result.insert(Check.Id);
  for (const SelectionRule &Rule : Rules) {
    auto Ids = named(Rule.Pattern, Checks, Lowest);
    if (!Ids)
      return Ids.takeError();
    if (Ids->empty() && Rule.Pattern != "default")
      return unknown(Rule.Pattern, Checks);
    for (const std::string &Id : *Ids) {
      if (Rule.Select)
        Result.insert(Id);
      else
        Result.erase(Id);
    }
  }
  return Result;
}

} // namespace corolint::tool
