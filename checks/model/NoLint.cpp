// NoLint.cpp - finds the words, their lists and what they cover
#include "checks/model/NoLint.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using llvm::StringRef;

namespace corolint::model {

/// '*' is the only sign with a meaning.
static bool matchesPattern(StringRef Pattern, StringRef Id) {
  llvm::SmallVector<StringRef, 4> Parts;
  Pattern.split(Parts, '*');
  if (Parts.size() == 1)
    return Pattern == Id;
  if (!Id.consume_front(Parts.front()) || !Id.consume_back(Parts.back()))
    return false;
  // Between the ends the first place that fits leaves most to the rest.
  for (StringRef Part : llvm::ArrayRef(Parts).drop_front().drop_back()) {
    std::size_t Found = Id.find(Part);
    if (Found == StringRef::npos)
      return false;
    Id = Id.drop_front(Found + Part.size());
  }
  return true;
}

bool NoLint::Item::matches(StringRef Id) const {
  return !Text.starts_with("-") && matchesPattern(Text, Id);
}

std::vector<NoLint::Item> NoLint::items() const {
  std::vector<Item> Result;
  if (!List)
    return Result;
  unsigned Start = End - 1 - List->size();
  llvm::SmallVector<StringRef, 4> Parts;
  List->split(Parts, ',');
  for (StringRef Part : Parts) {
    unsigned Blanks = Part.size() - Part.ltrim().size();
    Result.push_back({Part.trim(), Start + unsigned(Part.data() - List->data()) + Blanks});
  }
  return Result;
}

bool NoLint::names(StringRef Id) const {
  return !List || llvm::any_of(items(), [&](const Item &One) { return One.matches(Id); });
}

static std::optional<NoLint::Kind> kindOf(StringRef Word) {
  return llvm::StringSwitch<std::optional<NoLint::Kind>>(Word)
      .Case("NOLINT", NoLint::Kind::Line)
      .Case("NOLINTNEXTLINE", NoLint::Kind::NextLine)
      .Case("NOLINTBEGIN", NoLint::Kind::Begin)
      .Case("NOLINTEND", NoLint::Kind::End)
      .Default(std::nullopt);
}

/// Sets what \p One covers, when that is a line.
static void coverLine(NoLint &One, StringRef Text) {
  std::size_t Start = Text.rfind('\n', One.Offset) + 1; // npos + 1 is 0
  std::size_t Stop = std::min(Text.find('\n', One.Offset), Text.size());
  if (One.What == NoLint::Kind::NextLine) {
    Start = std::min(Stop + 1, Text.size());
    Stop = std::min(Text.find('\n', Start), Text.size());
  }
  One.FirstCovered = Start;
  One.LastCovered = Stop;
}

static std::string withoutBlanks(const NoLint &One) {
  std::string Result;
  for (const NoLint::Item &Each : One.items())
    Result += (Each.Text + ",").str();
  return Result;
}

/// Blocks are nested: an End closes the innermost block that is open, or none.
static void joinBlocks(std::vector<NoLint> &All) {
  std::vector<std::size_t> Open;
  for (std::size_t I = 0; I != All.size(); ++I) {
    if (All[I].What == NoLint::Kind::Begin)
      Open.push_back(I);
    if (All[I].What != NoLint::Kind::End || Open.empty())
      continue;
    NoLint &Begin = All[Open.back()], &End = All[I];
    if (Begin.List.has_value() != End.List.has_value() ||
        withoutBlanks(Begin) != withoutBlanks(End))
      continue;
    Begin.Partner = I;
    End.Partner = Open.back();
    Begin.FirstCovered = Begin.Offset + 1;
    Begin.LastCovered = End.Offset;
    Open.pop_back();
  }
}

std::vector<NoLint> parseNoLints(StringRef Text) {
  constexpr StringRef Start = "NOLINT";
  std::vector<NoLint> Result;
  std::size_t At = Text.find(Start);
  while (At != StringRef::npos) {
    StringRef Word = Text.drop_front(At).take_while(llvm::isAlpha);
    NoLint One;
    One.Offset = At;
    At += Word.size();
    if (std::optional<NoLint::Kind> Known = kindOf(Word)) {
      One.What = *Known;
      std::size_t Stop = Text.find_first_of("\n)", At);
      if (Text.substr(At).starts_with("(") && Stop != StringRef::npos && Text[Stop] == ')') {
        One.List = Text.slice(At + 1, Stop);
        At = Stop + 1;
      }
      One.End = At;
      if (*Known == NoLint::Kind::Line || *Known == NoLint::Kind::NextLine)
        coverLine(One, Text);
      Result.push_back(One);
    }
    At = Text.find(Start, At);
  }
  joinBlocks(Result);
  return Result;
}

} // namespace corolint::model
