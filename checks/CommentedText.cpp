// CommentedText.cpp - finds comments among tokens, and edits them
#include "checks/CommentedText.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/TargetParser/Triple.h"

using namespace clang;
using corolint::model::NoLint;
using llvm::StringRef;

namespace corolint {

CommentedText::CommentedText(std::string Name, std::string Content)
    : Name(std::move(Name)), Text(std::move(Content)), Found(model::parseNoLints(Text)),
      LineStarts{0} {
  for (std::size_t At = Text.find('\n'); At != std::string::npos; At = Text.find('\n', At + 1))
    LineStarts.push_back(At + 1);
  readTokens();
}

static LangOptions newestLanguage() {
  LangOptions Result;
  std::vector<std::string> Includes;
  LangOptions::setLangDefaults(Result, Language::CXX, llvm::Triple(), Includes,
                               LangStandard::lang_cxx23);
  return Result;
}

/// Notes the comments, and the directives that define macros.
void CommentedText::readTokens() {
  const LangOptions Language = newestLanguage();
  Lexer Reader(SourceLocation(), Language, Text.data(), Text.data(), Text.data() + Text.size());
  Reader.SetCommentRetentionState(true);
  bool InMacro = false, AfterHash = false;
  for (Token One; !Reader.LexFromRawLexer(One);) {
    unsigned Last = Reader.getBufferLocation() - Text.data();
    unsigned First = Last - One.getLength();
    if (One.isAtStartOfLine()) {
      InMacro = false;
      AfterHash = One.is(tok::hash);
    } else if (std::exchange(AfterHash, false) && One.is(tok::raw_identifier) &&
               One.getRawIdentifier() == "define") {
      InMacro = true;
      Macros.push_back({First, Last});
    }
    if (InMacro)
      Macros.back().Last = Last;
    if (One.is(tok::comment))
      Comments.push_back({First, Last});
  }
}

const CommentedText::Range *CommentedText::commentAround(const NoLint &One) const {
  auto After = llvm::upper_bound(
      Comments, One.Offset, [](unsigned Offset, const Range &Each) { return Offset < Each.Last; });
  return After != Comments.end() && After->First <= One.Offset ? &*After : nullptr;
}

/// True for what decorates the begin of a comment.
static bool isDecoration(StringRef Before) { return Before.trim(" \t/*!<").empty(); }

bool CommentedText::standsAlone(const NoLint &One) const {
  StringRef Line = StringRef(Text).slice(LineStarts[lineOf(One.Offset) - 1], One.Offset);
  const Range *Comment = commentAround(One);
  return Comment && (Line.size() < One.Offset - Comment->First ||
                     Line.drop_back(One.Offset - Comment->First).trim().empty());
}

bool CommentedText::isMeant(const NoLint &One) const {
  const Range *Comment = commentAround(One);
  if (!Comment)
    return false;
  StringRef Before = StringRef(Text).slice(Comment->First, One.Offset);
  if (isDecoration(Before.substr(Before.rfind('\n') + 1))) // npos + 1 is 0
    return true;
  bool IsQuoted = StringRef("'\"`").contains(Text[One.Offset - 1]);
  return One.What == NoLint::Kind::Line && !IsQuoted && !standsAlone(One);
}

bool CommentedText::coversMacro(const NoLint &One) const {
  return llvm::any_of(Macros, [&](const Range &Macro) {
    return Macro.First < One.LastCovered && One.FirstCovered < Macro.Last;
  });
}

unsigned CommentedText::lineOf(unsigned Offset) const {
  return llvm::upper_bound(LineStarts, Offset) - LineStarts.begin();
}

unsigned CommentedText::offsetOf(unsigned Line, unsigned Column) const {
  if (Line == 0 || Line > LineStarts.size())
    return Text.size() + 1;
  return LineStarts[Line - 1] + Column - 1;
}

facts::Place CommentedText::place(const NoLint &One) const {
  unsigned Line = lineOf(One.Offset), Start = LineStarts[Line - 1];
  return {Name, Line, One.Offset - Start + 1, Line, One.End - Start + 1};
}

std::pair<unsigned, unsigned> CommentedText::coveredLines(const NoLint &One) const {
  if (One.FirstCovered == One.LastCovered)
    return {0, 0};
  return {lineOf(One.FirstCovered), lineOf(One.LastCovered - 1)};
}

std::string CommentedText::reason(const NoLint &One) const {
  StringRef Rest = StringRef(Text).substr(One.End).ltrim(" \t");
  if (!Rest.consume_front(":"))
    return "";
  Rest = Rest.take_until([](char C) { return C == '\n'; });
  return Rest.split("*/").first.trim().str();
}

facts::Edit CommentedText::edit(Range Old, std::string New) const {
  return {Name, Old.First, Old.Last - Old.First, std::move(New)};
}

/// \p Comment with the blanks that are there for its sake.
CommentedText::Range CommentedText::withoutGap(Range Comment) const {
  StringRef Whole = Text;
  unsigned Line = lineOf(Comment.First), Start = LineStarts[Line - 1];
  std::size_t Stop = Line == LineStarts.size() ? Whole.size() : LineStarts[Line] - 1;
  StringRef Before = Whole.slice(Start, Comment.First);
  StringRef After = Whole.slice(Comment.Last, Stop);
  if (!After.trim().empty()) // code follows
    return {Comment.First, Comment.Last + unsigned(After.size() - After.ltrim(" \t").size())};
  if (Before.trim().empty()) // nothing else is on the line
    return {Start, unsigned(std::min(Stop + 1, Whole.size()))};
  return {Start + unsigned(Before.rtrim(" \t").size()),
          Comment.Last + unsigned(After.rtrim("\r").size())};
}

std::optional<facts::Edit> CommentedText::remove(const NoLint &One) const {
  const Range *Comment = commentAround(One);
  if (!Comment)
    return std::nullopt;
  StringRef Written = StringRef(Text).slice(Comment->First, Comment->Last);
  bool Alone = llvm::count_if(Found, [&](const NoLint &Other) {
                 return Comment->First <= Other.Offset && Other.Offset < Comment->Last;
               }) == 1;
  if (!Alone || Written.contains('\n'))
    return std::nullopt;
  StringRef Before = Written.take_front(One.Offset - Comment->First);
  if (isDecoration(Before)) {
    Range Old = withoutGap(*Comment);
    auto IsWord = [&](unsigned At) {
      return At < Text.size() && (llvm::isAlnum(Text[At]) || Text[At] == '_');
    };
    bool Joins = Old.First > 0 && IsWord(Old.First - 1) && IsWord(Old.Last);
    return edit(Old, Joins ? " " : "");
  }
  // Other words stand before it. Where they end is known only in a line comment.
  if (!Before.starts_with("//"))
    return std::nullopt;
  return edit({Comment->First + unsigned(Before.rtrim(" \t").size()), Comment->Last}, "");
}

facts::Edit CommentedText::removeNames(const NoLint &One,
                                       llvm::ArrayRef<std::size_t> Unneeded) const {
  std::string Left;
  for (const auto &[Index, Item] : llvm::enumerate(One.items()))
    if (!llvm::is_contained(Unneeded, Index))
      Left += (Left.empty() ? "" : ", ") + Item.Text.str();
  unsigned Last = One.End - 1, First = Last - One.List->size();
  return edit({First, Last}, Left);
}

} // namespace corolint
