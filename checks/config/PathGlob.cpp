// PathGlob.cpp - translates a glob into a regular expression

#include "checks/config/PathGlob.h"

namespace corolint::config {

namespace {

class Translator {
public:
  explicit Translator(llvm::StringRef Text) : Left(Text) {}

  llvm::Expected<std::string> translate() {
    while (!Left.empty() && Problem.empty())
      next();
    if (Problem.empty() && OpenBraces)
      Problem = "'{' is not closed";
    if (!Problem.empty())
      return llvm::createStringError(Problem);
    return std::move(Result);
  }

private:
  void next() {
    if (Left.consume_front("**/")) {
      Result += "(.*/)?";
      return;
    }
    if (Left.consume_front("**")) {
      Result += ".*";
      return;
    }
    char Letter = Left.front();
    Left = Left.drop_front();
    switch (Letter) {
    case '*':
      Result += "[^/]*";
      return;
    case '?':
      Result += "[^/]";
      return;
    case '[':
      return set();
    case '{':
      ++OpenBraces;
      Result += '(';
      return;
    case '}':
      if (OpenBraces) {
        --OpenBraces;
        Result += ')';
        return;
      }
      break;
    case ',':
      if (OpenBraces) {
        Result += '|';
        return;
      }
      break;
    case '\\':
      if (Left.empty()) {
        Problem = "nothing follows '\\'";
        return;
      }
      Letter = Left.front();
      Left = Left.drop_front();
      break;
    default:
      break;
    }
    Result += llvm::Regex::escape(llvm::StringRef(&Letter, 1));
  }

  /// What follows '['. A ']' that comes first is one of the set.
  void set() {
    std::size_t End = Left.find(']', Left.starts_with("!]") ? 2 : 1);
    if (End == llvm::StringRef::npos) {
      Problem = "'[' is not closed";
      return;
    }
    llvm::StringRef Letters = Left.take_front(End);
    Left = Left.drop_front(End + 1);
    bool Negated = Letters.consume_front("!");
    Result += Negated ? "[^" : "[";
    Result += Letters;
    Result += ']';
  }

  llvm::StringRef Left;
  std::string Result, Problem;
  unsigned OpenBraces = 0;
};

bool leavesFolder(llvm::StringRef Text) {
  llvm::SmallVector<llvm::StringRef, 8> Names;
  Text.split(Names, '/');
  return llvm::is_contained(Names, "..");
}

} // namespace

PathGlob::PathGlob(llvm::Regex Compiled)
    : Pattern(std::make_shared<const llvm::Regex>(std::move(Compiled))) {}

llvm::Expected<PathGlob> PathGlob::parse(llvm::StringRef Text) {
  if (leavesFolder(Text))
    return llvm::createStringError("a glob cannot leave its folder with '..'");
  if (Text.starts_with("!"))
    return llvm::createStringError("a glob is not negated with '!'");
  bool FolderOnly = Text.consume_back("/");
  bool AtBase = Text.contains('/');
  if (!Text.consume_front("./"))
    Text.consume_front("/");
  if (Text.empty())
    return llvm::createStringError("it names no file; '**' names all");
  llvm::Expected<std::string> Body = Translator(Text).translate();
  if (!Body)
    return Body.takeError();
  llvm::Regex Compiled((AtBase ? "^(" : "^(.*/)?(") + *Body + (FolderOnly ? ")/.*$" : ")(/.*)?$"));
  std::string Problem;
  if (!Compiled.isValid(Problem))
    return llvm::createStringError(Problem);
  return PathGlob(std::move(Compiled));
}

bool PathGlob::matches(llvm::StringRef Path) const { return Pattern->match(Path); }

} // namespace corolint::config
