// Summarizer.cpp - makes the linked summary of a project
#include "checks/color/Summarizer.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace corolint::color {

using namespace facts;

/// Gives each place of \p In the file number that \p Numbers says.
static void renumber(Function &In, const std::vector<std::uint32_t> &Numbers) {
  auto At = [&](Location &Where) {
    if (Where.Line == 0 || Where.File >= Numbers.size())
      Where = {};
    else
      Where.File = Numbers[Where.File];
  };
  At(In.Where);
  for (Call &One : In.Calls)
    At(One.Where);
}

void Summarizer::add(const Unit &Unit) {
  Units.try_emplace(Unit.MainFile, 0);
  std::vector<std::uint32_t> Numbers;
  for (const std::string &File : Unit.Files)
    Numbers.push_back(Files.try_emplace(File, Files.size()).first->second);
  auto Share = [&](std::string &Owner) {
    if (Owner != Unit.MainFile)
      Owner.clear();
  };
  for (Function One : Unit.Functions) {
    renumber(One, Numbers);
    std::vector<Copy<Function>> &Known = Functions[One.Id];
    auto Same = std::ranges::find(Known, One, &Copy<Function>::Of);
    if (Same == Known.end())
      Known.push_back({std::move(One), Unit.MainFile});
    else
      Share(Same->Owner);
  }
  for (const AddressTaken &One : Unit.AddressesTaken)
    Share(Addresses.try_emplace(One, Unit.MainFile).first->second);
}

/// A call that has no effect, passes no callable and ends in a function that the
/// program does not hold: the standard library's, mostly.
static bool leadsNowhere(const Call &One, const auto &Functions) {
  return One.How != Dispatch::Virtual && One.How != Dispatch::Pointer &&
         One.How != Dispatch::Parameter && !One.Primitive && One.Callables.empty() &&
         !Functions.contains(One.Callee);
}

Summary Summarizer::take(std::string Root) {
  Summary Result;
  Result.Root = std::move(Root);
  for (auto &[Name, Number] : Units) {
    Number = Result.Units.size();
    Result.Units.push_back(Name);
  }
  auto Number = [&](const std::string &Owner) {
    return Owner.empty() ? Summary::Several : Units.at(Owner);
  };
  // Files are numbered as the units came: by name they are the same for any order.
  std::vector<std::uint32_t> Sorted(Files.size());
  for (const auto &[Name, Old] : Files) {
    Sorted[Old] = Result.Program.Files.size();
    Result.Program.Files.push_back(Name);
  }
  for (auto &[Id, Copies] : Functions) {
    for (Copy<Function> &One : Copies)
      renumber(One.Of, Sorted);
    std::ranges::sort(Copies, {}, [](const Copy<Function> &One) {
      return std::tie(One.Of.BodyHash, One.Of.Where, One.Owner);
    });
  }
  for (auto &[Id, Copies] : Functions)
    for (Copy<Function> &One : Copies) {
      std::erase_if(One.Of.Calls, [&](const Call &Each) { return leadsNowhere(Each, Functions); });
      Result.Program.Functions.push_back(std::move(One.Of));
      Result.FunctionOwners.push_back(Number(One.Owner));
    }
  for (const auto &[Taken, Owner] : Addresses) {
    Result.Program.AddressesTaken.push_back(Taken);
    Result.AddressOwners.push_back(Number(Owner));
  }
  return Result;
}

} // namespace corolint::color
