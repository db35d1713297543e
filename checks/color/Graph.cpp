// Graph.cpp - merges units into one program
#include "checks/color/Graph.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace corolint::color {
namespace {

using namespace facts;

/// Writes fields one after the other so that different values give different
/// text. Used to order calls that stand at the same place.
class Key {
public:
  Key &operator<<(const std::string &Value) {
    *this << Value.size();
    Text += Value;
    return *this;
  }
  Key &operator<<(std::uint64_t Value) {
    Text += std::to_string(Value);
    Text += ' ';
    return *this;
  }
  template <typename T> Key &operator<<(const std::optional<T> &Value) {
    *this << std::uint64_t{Value.has_value()};
    return Value ? *this << *Value : *this;
  }
  template <typename T> Key &operator<<(const std::vector<T> &Values) {
    *this << std::uint64_t{Values.size()};
    for (const T &Value : Values)
      *this << Value;
    return *this;
  }
  template <typename T>
    requires std::is_enum_v<T>
  Key &operator<<(T Value) {
    return *this << static_cast<std::uint64_t>(Value);
  }
  Key &operator<<(std::int64_t Value) { return *this << static_cast<std::uint64_t>(Value); }
  Key &operator<<(std::uint32_t Value) { return *this << std::uint64_t{Value}; }
  Key &operator<<(const ParameterTest &Value) {
    return *this << Value.Parameter << Value.Test << Value.Value;
  }
  Key &operator<<(const Sink &Value) {
    return *this << Value.What << Value.Sure << Value.Name << Value.Help
                 << std::uint64_t{Value.OwnLoop} << std::uint64_t{Value.OnlyTime}
                 << Value.WhenUnknown << Value.Unless;
  }
  Key &operator<<(const Argument &Value) {
    return *this << Value.Index << Value.Constant << Value.Parameter;
  }
  Key &operator<<(const Callable &Value) {
    return *this << Value.Index << Value.How << Value.Targets << Value.Parameter;
  }
  Key &operator<<(const Edit &Value) {
    return *this << Value.File << Value.Offset << Value.Length << Value.Text;
  }
  Key &operator<<(const Fix &Value) {
    return *this << Value.Title << std::uint64_t{Value.Safe} << Value.Edits;
  }
  Key &operator<<(const Call &Value) {
    std::uint64_t Flags = Value.OffLoop | Value.BeforeFirstSuspension << 1 |
                          Value.MakesMainTask << 2 | Value.Suppressed << 3 |
                          Value.MakesThreadTask << 11 | Value.Doubtful << 12 |
                          Value.Unmodelled << 13;
    return *this << Value.Callee << Value.CalleeName << Value.Where.EndLine << Value.Where.EndColumn
                 << Value.How << Value.Path << Value.Type << Value.Parameter << Value.Primitive
                 << Value.Arguments << Value.Callables << Flags << Value.Mend;
  }

  std::string Text;
};

template <typename T> std::string key(const T &Value) { return (Key() << Value).Text; }

/// A copy of an inline function may know more bodies than another.
void mergeUses(std::vector<ParameterUse> &Into, const std::vector<ParameterUse> &Copy) {
  for (const ParameterUse &One : Copy) {
    auto Place = std::ranges::lower_bound(Into, One.Parameter, {}, &ParameterUse::Parameter);
    if (Place == Into.end() || Place->Parameter != One.Parameter) {
      Into.insert(Place, One);
      continue;
    }
    Place->Does |= One.Does;
    std::vector<Forward> To;
    std::ranges::set_union(Place->To, One.To, std::back_inserter(To));
    Place->To = std::move(To);
  }
}

/// Of two declared primitives the surer one, then the one with the smaller
/// name.
void mergeSink(std::optional<Sink> &Into, const std::optional<Sink> &Copy) {
  auto Rank = [](const Sink &S) { return std::tuple(-static_cast<int>(S.Sure), S.Name, key(S)); };
  if (Copy && (!Into || Rank(*Copy) < Rank(*Into)))
    Into = Copy;
}

} // namespace

bool Graph::before(const Location &Left, const Location &Right) const {
  if (Left.Line == 0 || Right.Line == 0)
    return Left.Line != 0;
  if (Left.File != Right.File)
    return Files[Left.File] < Files[Right.File];
  return std::tie(Left.Line, Left.Column) < std::tie(Right.Line, Right.Column);
}

bool Graph::callBefore(const Call &Left, const Call &Right) const {
  if (before(Left.Where, Right.Where))
    return true;
  return !before(Right.Where, Left.Where) && key(Left) < key(Right);
}

/// Everything here is symmetric: neither copy wins by being first.
void Graph::merge(Function &Into, Function &&Copy) const {
  if (Into == Copy)
    return;
  // A declaration knows less than a definition.
  auto Describes = [this](const Function &Left, const Function &Right) {
    if ((Left.BodyHash == 0) != (Right.BodyHash == 0))
      return Left.BodyHash != 0;
    if (before(Left.Where, Right.Where) != before(Right.Where, Left.Where))
      return before(Left.Where, Right.Where);
    auto Rest = [](const Function &F) {
      return std::tie(F.What, F.Name, F.Where.EndLine, F.Where.EndColumn, F.BodyHash);
    };
    return Rest(Left) < Rest(Right);
  };
  if (Describes(Copy, Into)) {
    Into.Name = std::move(Copy.Name);
    Into.Where = Copy.Where;
    Into.What = Copy.What;
    Into.BodyHash = Copy.BodyHash;
  }
  mergeSink(Into.Declared, Copy.Declared);
  Into.Opaque |= Copy.Opaque;
  Into.Mixed |= Copy.Mixed;
  Into.LoopOnly |= Copy.LoopOnly;
  mergeUses(Into.Parameters, Copy.Parameters);

  std::vector<std::string> Overrides;
  std::ranges::set_union(Into.Overrides, Copy.Overrides, std::back_inserter(Overrides));
  Into.Overrides = std::move(Overrides);
  if (Into.Calls == Copy.Calls)
    return;
  std::vector<Call> Calls;
  std::set_union(std::make_move_iterator(Into.Calls.begin()),
                 std::make_move_iterator(Into.Calls.end()),
                 std::make_move_iterator(Copy.Calls.begin()),
                 std::make_move_iterator(Copy.Calls.end()), std::back_inserter(Calls),
                 [this](const Call &Left, const Call &Right) { return callBefore(Left, Right); });
  Into.Calls = std::move(Calls);
}

std::uint32_t Graph::intern(const std::string &File) {
  auto [Found, New] = FileIndex.try_emplace(File, Files.size());
  if (New)
    Files.push_back(File);
  return Found->second;
}

std::vector<std::uint32_t> Graph::internAll(const std::vector<std::string> &Names) {
  std::vector<std::uint32_t> Result;
  for (const std::string &File : Names)
    Result.push_back(intern(File));
  return Result;
}

void Graph::add(Function Copy, const std::vector<std::uint32_t> &Renumbered) {
  auto Renumber = [&](Location &Where) {
    if (Where.Line == 0 || Where.File >= Renumbered.size())
      Where = {};
    else
      Where.File = Renumbered[Where.File];
  };
  Renumber(Copy.Where);
  for (Call &Call : Copy.Calls)
    Renumber(Call.Where);
  std::ranges::sort(
      Copy.Calls, [this](const Call &Left, const Call &Right) { return callBefore(Left, Right); });
  Copy.Calls.erase(std::unique(Copy.Calls.begin(), Copy.Calls.end()), Copy.Calls.end());
  std::ranges::sort(Copy.Overrides);
  Copy.Overrides.erase(std::unique(Copy.Overrides.begin(), Copy.Overrides.end()),
                       Copy.Overrides.end());

  if (Copy.BodyHash == 0 || Copy.Where.Line == 0)
    addDeclaration(std::move(Copy));
  else
    addDefinition(std::move(Copy));
}

/// What a declaration says holds for all definitions, also for those that follow.
void Graph::addDeclaration(Function Copy) {
  auto First = Functions.lower_bound({Copy.Id, ""});
  auto Last = First;
  for (; Last != Functions.end() && Last->first.first == Copy.Id; ++Last)
    merge(Last->second, Function(Copy));
  if (First == Last) {
    Key Own(Copy.Id, "");
    Functions.emplace(std::move(Own), std::move(Copy));
  } else if (!First->first.second.empty()) {
    auto [Known, New] = Declarations.try_emplace(Copy.Id, Copy);
    if (!New)
      merge(Known->second, std::move(Copy));
  }
}

void Graph::addDefinition(Function Copy) {
  if (auto Declared = Functions.extract(Key(Copy.Id, "")))
    Declarations.emplace(Copy.Id, std::move(Declared.mapped()));
  Key Own(Copy.Id, Files[Copy.Where.File]);
  if (auto Known = Functions.find(Own); Known != Functions.end())
    return merge(Known->second, std::move(Copy));
  if (auto Declared = Declarations.find(Copy.Id); Declared != Declarations.end())
    merge(Copy, Function(Declared->second));
  Functions.emplace(std::move(Own), std::move(Copy));
}

/// How many folders two files share; the most when they are one file.
static std::size_t nearness(const std::string &Left, const std::string &Right) {
  if (Left == Right)
    return std::string::npos;
  auto Differ = std::ranges::mismatch(Left, Right).in1;
  return std::count(Left.begin(), Differ, '/');
}

std::vector<const Function *> Graph::meant(const std::string &Id, const std::string &In) const {
  std::vector<const Function *> Nearest;
  std::size_t Best = 0;
  for (auto One = Functions.lower_bound({Id, ""}); One != Functions.end() && One->first.first == Id;
       ++One) {
    std::size_t Near = nearness(One->first.second, In);
    if (Near > Best)
      Nearest.clear();
    Best = std::max(Best, Near);
    if (Near == Best)
      Nearest.push_back(&One->second);
  }
  return Nearest;
}

void Graph::add(const Unit &Unit) {
  std::vector<std::uint32_t> Renumbered = internAll(Unit.Files);
  for (const Function &From : Unit.Functions)
    add(From, Renumbered);
  Pending.insert(Pending.end(), Unit.Pending.begin(), Unit.Pending.end());
  for (const AddressTaken &Taken : Unit.AddressesTaken)
    ByType[Taken.Type].insert(Taken.Id);
}

void Graph::add(const Summary &Others, const Unit &Fresh) {
  const Unit &From = Others.Program;
  auto IsReplaced = [&](std::uint32_t Owner) {
    return Owner != Summary::Several && Others.Units[Owner] == Fresh.MainFile;
  };
  auto KeyOf = [](const Function &One, const Unit &Of) {
    bool Placed = One.Where.Line != 0 && One.Where.File < Of.Files.size();
    return Key(One.Id, Placed ? Of.Files[One.Where.File] : "");
  };
  // What was edited since: nobody knew this body when the summary was made.
  std::map<Key, std::uint64_t> Edited;
  for (const Function &One : Fresh.Functions)
    Edited.emplace(KeyOf(One, Fresh), One.BodyHash);
  for (const Function &One : From.Functions)
    if (auto Known = Edited.find(KeyOf(One, From));
        Known != Edited.end() && Known->second == One.BodyHash)
      Edited.erase(Known);

  std::vector<std::uint32_t> Renumbered = internAll(From.Files);
  for (std::size_t I = 0; I != From.Functions.size(); ++I)
    if (!IsReplaced(Others.FunctionOwners[I]) && !Edited.contains(KeyOf(From.Functions[I], From)))
      add(From.Functions[I], Renumbered);
  for (std::size_t I = 0; I != From.AddressesTaken.size(); ++I)
    if (!IsReplaced(Others.AddressOwners[I]))
      ByType[From.AddressesTaken[I].Type].insert(From.AddressesTaken[I].Id);
}

Place Graph::place(const Location &Where) const {
  if (Where.Line == 0)
    return {};
  return {Files[Where.File], Where.Line, Where.Column, Where.EndLine, Where.EndColumn};
}

} // namespace corolint::color
