// Sources.cpp - places, texts and NOLINT comments of the files read
#include "checks/extract/Sources.h"

#include "checks/model/FileNames.h"

#include "clang/AST/ASTContext.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/GlobPattern.h"

using namespace clang;

namespace corolint {

Sources::Sources(const ASTContext &Context, std::string Root)
    : Manager(Context.getSourceManager()), Context(Context), Root(std::move(Root)) {
  if (!this->Root.empty() && this->Root.back() != '/')
    this->Root += '/';
}

SourceLocation Sources::fileLocation(SourceLocation Location) const {
  return Manager.getFileLoc(Location);
}

bool Sources::isSystem(SourceLocation Location) const {
  Location = Manager.getExpansionLoc(Location);
  return Location.isInvalid() || Manager.isInSystemHeader(Location) ||
         Manager.isWrittenInBuiltinFile(Location) ||
         Manager.isWrittenInCommandLineFile(Location);
}

std::uint32_t Sources::file(FileID Id) {
  auto [Entry, New] = Known.try_emplace(Id, 0);
  if (!New)
    return Entry->second;
  std::string Path = absoluteName(Id, Manager);
  llvm::StringRef Name = Path;
  if (!Root.empty())
    Name.consume_front(Root);
  auto Found = llvm::find(Files, Name.str());
  std::uint32_t Index = Found - Files.begin();
  if (Found == Files.end())
    Files.push_back(Name.str());
  Known[Id] = Index;
  return Index;
}

facts::Location Sources::location(SourceRange Range) {
  facts::Location Out;
  SourceLocation Begin = fileLocation(Range.getBegin());
  if (Begin.isInvalid())
    return Out;
  auto [Id, Offset] = Manager.getDecomposedLoc(Begin);
  Out.File = file(Id);
  Out.Line = Manager.getLineNumber(Id, Offset);
  Out.Column = Manager.getColumnNumber(Id, Offset);
  SourceLocation Last = fileLocation(Range.getEnd());
  SourceLocation End =
      Lexer::getLocForEndOfToken(Last, 0, Manager, Context.getLangOpts());
  if (End.isInvalid() || Manager.getFileID(End) != Id ||
      Manager.getFileOffset(End) < Offset)
    End = Lexer::getLocForEndOfToken(Begin, 0, Manager, Context.getLangOpts());
  if (End.isInvalid())
    End = Begin;
  auto [EndId, EndOffset] = Manager.getDecomposedLoc(End);
  Out.EndLine = Manager.getLineNumber(EndId, EndOffset);
  Out.EndColumn = Manager.getColumnNumber(EndId, EndOffset);
  return Out;
}

facts::Place Sources::place(SourceRange Range) {
  facts::Location At = location(Range);
  facts::Place Out;
  if (At.Line != 0)
    Out.File = Files[At.File];
  Out.Line = At.Line;
  Out.Column = At.Column;
  Out.EndLine = At.EndLine;
  Out.EndColumn = At.EndColumn;
  return Out;
}

llvm::StringRef Sources::text(SourceRange Range) const {
  if (Range.getBegin().isMacroID() || Range.getEnd().isMacroID())
    return {};
  return Lexer::getSourceText(CharSourceRange::getTokenRange(Range), Manager,
                              Context.getLangOpts());
}

std::optional<facts::Edit> Sources::replace(SourceRange Range, std::string Text) {
  llvm::StringRef Old = text(Range);
  if (Old.empty())
    return std::nullopt;
  auto [Id, Offset] = Manager.getDecomposedLoc(Range.getBegin());
  return facts::Edit{Files[file(Id)], Offset, std::uint32_t(Old.size()),
                     std::move(Text)};
}

std::optional<facts::Edit> Sources::insert(SourceLocation Location,
                                           std::string Text) {
  if (Location.isInvalid() || Location.isMacroID())
    return std::nullopt;
  auto [Id, Offset] = Manager.getDecomposedLoc(Location);
  return facts::Edit{Files[file(Id)], Offset, 0, std::move(Text)};
}

/// Reads what follows "NOLINT...": the list in parentheses, or "*".
static std::string checksNamed(llvm::StringRef Rest) {
  if (!Rest.starts_with("("))
    return "*";
  return Rest.drop_front().take_until([](char C) { return C == ')'; }).str();
}

const std::vector<Sources::Directive> &Sources::directives(FileID Id) {
  auto [Entry, New] = Directives.try_emplace(Id);
  if (!New)
    return Entry->second;
  std::vector<Directive> Found, Open;
  llvm::StringRef Text = Manager.getBufferData(Id);
  for (std::size_t At = Text.find("NOLINT"); At != llvm::StringRef::npos;
       At = Text.find("NOLINT", At + 6)) {
    unsigned Line = Manager.getLineNumber(Id, At);
    llvm::StringRef Rest = Text.drop_front(At + 6);
    if (Rest.consume_front("NEXTLINE"))
      Found.push_back({Line + 1, Line + 1, checksNamed(Rest)});
    else if (Rest.consume_front("BEGIN"))
      Open.push_back({Line, 0, checksNamed(Rest)});
    else if (Rest.consume_front("END")) {
      std::string Checks = checksNamed(Rest);
      auto Begin = std::find_if(Open.rbegin(), Open.rend(), [&](const Directive &D) {
        return D.Checks == Checks;
      });
      if (Begin != Open.rend()) {
        Found.push_back({Begin->FirstLine, Line, Checks});
        Open.erase(std::next(Begin).base());
      }
    } else
      Found.push_back({Line, Line, checksNamed(Rest)});
  }
  return Directives[Id] = std::move(Found);
}

/// True when the comma-separated globs in \p List name \p Id.
static bool names(llvm::StringRef List, llvm::StringRef Id) {
  bool Answer = false;
  while (!List.empty()) {
    auto [Item, Rest] = List.split(',');
    List = Rest;
    Item = Item.trim();
    bool Negative = Item.consume_front("-");
    llvm::Expected<llvm::GlobPattern> Glob = llvm::GlobPattern::create(Item);
    if (!Glob)
      llvm::consumeError(Glob.takeError());
    else if (Glob->match(Id))
      Answer = !Negative;
  }
  return Answer;
}

bool Sources::isSuppressed(SourceLocation Location, llvm::StringRef Id) {
  Location = fileLocation(Location);
  if (Location.isInvalid())
    return false;
  auto [File, Offset] = Manager.getDecomposedLoc(Location);
  const std::vector<Directive> &All = directives(File);
  if (All.empty())
    return false;
  unsigned Line = Manager.getLineNumber(File, Offset);
  return llvm::any_of(All, [&](const Directive &One) {
    return One.FirstLine <= Line && Line <= One.LastLine && names(One.Checks, Id);
  });
}

} // namespace corolint
