// Fixes.cpp - merges edits and prints hunks

#include "tool/report/Fixes.h"

#include "tool/base/Path.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace corolint::tool {

namespace {

/// Two insertions at one place would need an order: they overlap as well.
bool overlap(const Edit &A, const Edit &B) {
  if (A.Offset == B.Offset)
    return true;
  const Edit &First = A.Offset < B.Offset ? A : B;
  const Edit &Second = A.Offset < B.Offset ? B : A;
  return First.Offset + First.Length > Second.Offset;
}

bool sameChange(const Edit &A, const Edit &B) {
  return A.Offset == B.Offset && A.Length == B.Length && A.Text == B.Text;
}

class Planner {
public:
  explicit Planner(const SourceText &From) : Sources(From) {}

  /// Takes all edits of \p Wanted, or none and returns false.
  bool take(const Fix &Wanted) {
    std::vector<std::pair<std::string, const Edit *>> New;
    for (const Edit &One : Wanted.Edits) {
      // One file may be reached by two names.
      std::string File = realPath(Sources.absolute(One.File));
      bool Known = false;
      for (const Edit &Taken : Plan.Edits[File]) {
        Known = Known || sameChange(Taken, One);
        if (!sameChange(Taken, One) && overlap(Taken, One))
          return false;
      }
      if (!Known)
        New.emplace_back(File, &One);
    }
    for (const auto &[File, One] : New)
      Plan.Edits[File].push_back(*One);
    return true;
  }

  FixPlan Plan;

private:
  const SourceText &Sources;
};

/// The lines of a text, each with its end.
std::vector<llvm::StringRef> linesOf(llvm::StringRef Text) {
  std::vector<llvm::StringRef> Result;
  while (!Text.empty()) {
    std::size_t Length = Text.find('\n');
    Length = Length == llvm::StringRef::npos ? Text.size() : Length + 1;
    Result.push_back(Text.take_front(Length));
    Text = Text.drop_front(Length);
  }
  return Result;
}

std::string marked(char Mark, llvm::StringRef Line) {
  std::string Result = Mark + Line.str();
  if (!Line.ends_with("\n"))
    Result += "\n\\ No newline at end of file\n";
  return Result;
}

/// A run of old lines and the text that takes their place.
struct Change {
  std::size_t First = 0, End = 0; ///< lines, from 0
  std::string Text;
};

/// Joins the edits that touch the same lines.
std::vector<Change> changes(llvm::StringRef Before, const std::vector<llvm::StringRef> &Lines,
                            const std::vector<Edit> &Edits) {
  auto LineAt = [&](std::size_t Offset) -> std::size_t {
    auto After =
        llvm::upper_bound(Lines, Before.data() + Offset,
                          [](const char *At, llvm::StringRef Line) { return At < Line.begin(); });
    return After == Lines.begin() ? 0 : (After - Lines.begin()) - 1;
  };
  std::vector<Change> Result;
  std::vector<Edit> Group;
  for (const Edit &One : Edits) {
    std::size_t First = LineAt(One.Offset);
    std::size_t Last = LineAt(One.Offset + One.Length);
    if (Result.empty() || First >= Result.back().End) {
      Result.push_back({First, Last + 1, {}});
      Group.clear();
    }
    Change &Current = Result.back();
    Current.End = std::min(std::max(Current.End, Last + 1), Lines.size());
    std::size_t Start = Lines[Current.First].begin() - Before.data();
    std::size_t End = Lines[Current.End - 1].end() - Before.data();
    Group.push_back(One);
    Group.back().Offset -= Start;
    Current.Text = applyEdits(Before.slice(Start, End), Group);
  }
  return Result;
}

} // namespace

FixPlan planFixes(const std::vector<Finding> &Findings, const SourceText &Sources) {
  Planner Work(Sources);
  FixPlan &Plan = Work.Plan;
  Plan.Mends.resize(Findings.size());
  for (const auto &[Index, Each] : llvm::enumerate(Findings)) {
    auto Safe = llvm::find_if(Each.Fixes, [](const Fix &F) { return F.Safe; });
    if (Safe == Each.Fixes.end())
      continue;
    Plan.Mends[Index] = Work.take(*Safe);
    if (!Plan.Mends[Index])
      Plan.Dropped.push_back(Each.Where.File + ":" + std::to_string(Each.Where.Line) + ": '" +
                             Safe->Title + "' overlaps another fix; run again to apply it");
  }
  for (auto It = Plan.Edits.begin(); It != Plan.Edits.end();) {
    llvm::sort(It->second, [](const Edit &A, const Edit &B) { return A.Offset < B.Offset; });
    It = It->second.empty() ? Plan.Edits.erase(It) : std::next(It);
  }
  return std::move(Plan);
}

std::string applyEdits(llvm::StringRef Text, const std::vector<Edit> &Edits) {
  std::string Result;
  std::size_t Done = 0;
  for (const Edit &One : Edits) {
    Result += Text.slice(Done, One.Offset);
    Result += One.Text;
    Done = One.Offset + One.Length;
  }
  return Result + Text.substr(Done).str();
}

std::string unifiedDiff(llvm::StringRef Before, const std::vector<Edit> &Edits,
                        llvm::StringRef Name) {
  constexpr std::size_t Context = 3;
  std::vector<llvm::StringRef> Lines = linesOf(Before);
  if (Lines.empty() || Edits.empty())
    return {};
  std::string Result = "--- a/" + Name.str() + "\n+++ b/" + Name.str() + "\n";
  std::vector<Change> All = changes(Before, Lines, Edits);
  std::ptrdiff_t Shift = 0; // how many lines earlier hunks have added
  for (std::size_t I = 0; I < All.size();) {
    std::size_t Last = I;
    while (Last + 1 < All.size() && All[Last + 1].First <= All[Last].End + 2 * Context)
      ++Last;
    std::size_t Begin = All[I].First - std::min(All[I].First, Context);
    std::size_t End = std::min(All[Last].End + Context, Lines.size());
    std::string Body;
    std::size_t Line = Begin, NewLines = 0;
    auto Keep = [&](std::size_t Until) {
      for (; Line < Until; ++Line, ++NewLines)
        Body += marked(' ', Lines[Line]);
    };
    for (; I <= Last; ++I) {
      Keep(All[I].First);
      for (; Line < All[I].End; ++Line)
        Body += marked('-', Lines[Line]);
      for (llvm::StringRef New : linesOf(All[I].Text)) {
        Body += marked('+', New);
        ++NewLines;
      }
    }
    Keep(End);
    Result += "@@ -" + std::to_string(Begin + 1) + "," + std::to_string(End - Begin) + " +" +
              std::to_string(static_cast<std::ptrdiff_t>(Begin) + 1 + Shift) + "," +
              std::to_string(NewLines) + " @@\n" + Body;
    Shift += static_cast<std::ptrdiff_t>(NewLines) - static_cast<std::ptrdiff_t>(End - Begin);
  }
  return Result;
}

} // namespace corolint::tool
