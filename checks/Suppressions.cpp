// Suppressions.cpp - holds comments against what was found
#include "checks/Suppressions.h"

#include "checks/Check.h"
#include "checks/color/Solver.h"
#include "checks/extract/CallExtractor.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <algorithm>

using corolint::model::NoLint;
using llvm::StringRef;

namespace corolint {

using Meaning = Suppression::Name::Meaning;

bool Suppression::namesCheck() const {
  return llvm::any_of(Names, [](const Name &One) {
    return One.Means == Meaning::Needed || One.Means == Meaning::Unneeded;
  });
}

std::vector<std::string> Suppression::names(Meaning Means) const {
  std::vector<std::string> Result;
  for (const Name &One : Names)
    if (One.Means == Means)
      Result.push_back(One.Text);
  return Result;
}

static bool isAboutComments(const RegisteredCheck &Check) {
  return StringRef(Check.Info.Family) == "suppression";
}

std::set<std::string> checksToRun(const std::set<std::string> &Asked) {
  std::set<std::string> All;
  for (const RegisteredCheck &One : allChecks()) {
    if (Asked.contains(One.Info.Id) && !isAboutComments(One))
      return Asked;
    All.insert(One.Info.Id);
  }
  return Asked.empty() ? Asked : All;
}

static std::unique_ptr<CommentedText> readText(const std::string &Name, StringRef Root) {
  llvm::SmallString<256> Path;
  if (!llvm::sys::path::is_absolute(Name))
    Path = Root;
  llvm::sys::path::append(Path, Name);
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false);
  if (!Buffer)
    return nullptr;
  return std::make_unique<CommentedText>(Name, (*Buffer)->getBuffer().str());
}

void Suppressions::add(const facts::Unit &Unit, const std::set<std::string> &Checks) {
  for (const facts::CommentedFile &One : Unit.Commented) {
    auto [Entry, New] = Files.try_emplace(One.Name);
    File &Known = Entry->second;
    if (New) {
      Known.Text = readText(One.Name, Root);
      Known.Checks = Checks;
    }
    std::erase_if(Known.Checks, [&](const std::string &Id) { return !Checks.contains(Id); });
    llvm::append_range(Known.Undecided, One.Undecided);
    // What an error hides is not known.
    if (!Unit.Errors.empty())
      Known.Undecided.push_back({0, ~std::uint32_t{0}});
    Known.IsMain |= One.Name == Unit.MainFile;
  }
}

void Suppressions::use(const facts::Place &Where, const std::string &Check) {
  if (auto Known = Files.find(Where.File); Known != Files.end())
    Known->second.Uses.push_back({Where.Line, Where.Column, Check});
}

void Suppressions::add(const std::vector<facts::Finding> &Found) {
  for (const facts::Finding &One : Found)
    if (One.Suppressed)
      use(One.Where, One.Check);
}

/// True when another unit may hold what \p Call runs.
static bool leadsElsewhere(const facts::Call &Call, const color::Graph &Program) {
  if (Call.Primitive)
    return false;
  if (Call.How == facts::Dispatch::Static && Call.Callee.empty())
    return false; // a model says all there is to say
  return Call.How == facts::Dispatch::Virtual || Call.How == facts::Dispatch::Pointer ||
         Call.How == facts::Dispatch::Parameter || Program.meant(Call.Callee, "").empty();
}

/// The checks that word what the solver finds: what a call runs decides for them,
/// wherever it is.
static const std::vector<std::string> &checksOfCalls() {
  static const std::vector<std::string> Ids = [] {
    std::vector<std::string> Result{"coro-blocking-destructor", "coro-color-annotation"};
    for (unsigned I = 0; I != facts::EffectCount; ++I)
      Result.push_back(reportingCheck(static_cast<facts::Effect>(I)));
    return Result;
  }();
  return Ids;
}

void Suppressions::add(const color::Graph &Program, bool IsWhole) {
  SawAll = IsWhole;
  if (Files.empty())
    return;
  for (const color::StoppedEffect &One : color::stoppedEffects(Program)) {
    use(One.Where, reportingCheck(One.What));
    if (One.Destroys)
      use(One.Where, "coro-blocking-destructor");
  }
  if (IsWhole)
    return;
  for (const auto &[Key, Function] : Program.functions())
    for (const facts::Call &Call : Function.Calls)
      if (leadsElsewhere(Call, Program))
        for (const std::string &Check : checksOfCalls())
          use(Program.place(Call.Where), Check);
  for (const facts::Finding &One : Program.pending())
    if (One.Suppressed)
      use(One.Where, One.Check);
}

bool Suppressions::isDecided(const File &In, const NoLint &One) const {
  if (!SawAll && !In.IsMain)
    return false; // others may read it
  if (In.Text->coversMacro(One))
    return false;
  auto [First, Last] = In.Text->coveredLines(One);
  unsigned Own = In.Text->place(One).Line;
  return llvm::none_of(In.Undecided, [&](const facts::Lines &Lines) {
    return (Lines.First <= Last && First <= Lines.Last) ||
           (Lines.First <= Own && Own <= Lines.Last);
  });
}

/// As whoever wrote it may have meant it: "corolint-x", "Coro_X".
static bool looksOurs(StringRef Name) {
  std::string Plain = Name.lower();
  std::replace(Plain.begin(), Plain.end(), '_', '-');
  return StringRef(Plain).starts_with("coro-") || StringRef(Plain).starts_with("corolint-");
}

Meaning Suppressions::meaning(const File &In, const NoLint &One, const NoLint::Item &Item) const {
  if (!looksOurs(Item.Text))
    return Meaning::Foreign;
  std::vector<std::string> Named;
  for (const RegisteredCheck &Check : allChecks())
    if (Item.matches(Check.Info.Id))
      Named.push_back(Check.Info.Id);
  if (Named.empty())
    return Meaning::Unknown;
  bool AllRan = llvm::all_of(Named, [&](const std::string &Id) {
    return In.Checks.contains(Id) && !isAboutComments(*findCheck(Id));
  });
  if (!AllRan || !isDecided(In, One))
    return Meaning::Needed;
  bool IsUsed = llvm::any_of(In.Uses, [&](const Use &Each) {
    return llvm::is_contained(Named, Each.Check) &&
           One.covers(In.Text->offsetOf(Each.Line, Each.Column));
  });
  return IsUsed ? Meaning::Needed : Meaning::Unneeded;
}

/// Takes away what \p Unneeded names of \p One, and of the End of its block.
static std::optional<facts::Fix> removal(const CommentedText &Text, const NoLint &One,
                                         const std::vector<std::size_t> &Unneeded) {
  if (Unneeded.empty())
    return std::nullopt;
  std::vector<const NoLint *> Comments{&One};
  if (One.Partner)
    Comments.push_back(&Text.suppressions()[*One.Partner]);
  bool Whole = Unneeded.size() == One.items().size();
  facts::Fix Result;
  Result.Title = Whole ? "remove the comment" : "remove what is not needed";
  Result.Safe = true;
  for (const NoLint *Comment : Comments) {
    std::optional<facts::Edit> Change =
        Whole ? Text.remove(*Comment) : Text.removeNames(*Comment, Unneeded);
    if (!Change)
      return std::nullopt;
    Result.Edits.push_back(std::move(*Change));
  }
  return Result;
}

Suppression Suppressions::describe(const File &In, const NoLint &One) const {
  Suppression Result;
  Result.Where = In.Text->place(One);
  Result.What = One.What;
  Result.Written = In.Text->written(One).str();
  Result.HasReason = !In.Text->reason(One).empty();
  Result.HasPartner = One.Partner.has_value();
  Result.StandsAlone = In.Text->standsAlone(One);
  std::vector<std::size_t> Unneeded;
  for (const auto &[Index, Item] : llvm::enumerate(One.items())) {
    Meaning Means = meaning(In, One, Item);
    Result.Names.push_back({Item.Text.str(), Means});
    if (Means == Meaning::Unneeded)
      Unneeded.push_back(Index);
  }
  Result.Removal = removal(*In.Text, One, Unneeded);
  return Result;
}

std::vector<Suppression> Suppressions::list() const {
  std::vector<Suppression> Result;
  for (const auto &[Name, In] : Files)
    if (In.Text)
      for (const NoLint &One : In.Text->suppressions())
        if (One.List && In.Text->isMeant(One))
          Result.push_back(describe(In, One));
  return Result;
}

/// Calls \p Do for the comments that cover \p Where, until it says true.
bool Suppressions::anyAt(const facts::Place &Where,
                         llvm::function_ref<bool(const CommentedText &, const NoLint &)> Do) const {
  auto Known = Files.find(Where.File);
  if (Known == Files.end() || !Known->second.Text)
    return false;
  const CommentedText &Text = *Known->second.Text;
  unsigned At = Text.offsetOf(Where.Line, Where.Column);
  return llvm::any_of(Text.suppressions(),
                      [&](const NoLint &One) { return One.covers(At) && Do(Text, One); });
}

bool Suppressions::isSuppressed(const facts::Finding &Found) const {
  return anyAt(Found.Where, [&](const CommentedText &, const NoLint &One) {
    return llvm::any_of(One.items(),
                        [&](const NoLint::Item &Item) { return Item.Text == Found.Check; });
  });
}

std::string Suppressions::reason(const facts::Finding &Found) const {
  std::string Result;
  anyAt(Found.Where, [&](const CommentedText &Text, const NoLint &One) {
    if (One.names(Found.Check))
      Result = Text.reason(One);
    return !Result.empty();
  });
  return Result;
}

} // namespace corolint
