// Sources.cpp - places, texts and NOLINT comments of the files read
#include "checks/extract/Sources.h"

#include "checks/model/FileNames.h"

#include "clang/AST/ASTContext.h"
#include "clang/Lex/Lexer.h"

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
         Manager.isWrittenInBuiltinFile(Location) || Manager.isWrittenInCommandLineFile(Location);
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
  SourceLocation End = Lexer::getLocForEndOfToken(Last, 0, Manager, Context.getLangOpts());
  if (End.isInvalid() || Manager.getFileID(End) != Id || Manager.getFileOffset(End) < Offset)
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
  return facts::Edit{Files[file(Id)], Offset, std::uint32_t(Old.size()), std::move(Text)};
}

std::optional<facts::Edit> Sources::insert(SourceLocation Location, std::string Text) {
  if (Location.isInvalid() || Location.isMacroID())
    return std::nullopt;
  auto [Id, Offset] = Manager.getDecomposedLoc(Location);
  return facts::Edit{Files[file(Id)], Offset, 0, std::move(Text)};
}

llvm::ArrayRef<model::NoLint> Sources::comments(FileID Id) {
  if (!Manager.getFileEntryRefForID(Id))
    return {}; // text that no file holds
  auto [Entry, New] = Comments.try_emplace(Id);
  if (New)
    Entry->second = model::parseNoLints(Manager.getBufferData(Id));
  return Entry->second;
}

bool Sources::isSuppressed(SourceLocation Location, llvm::StringRef Id) {
  while (Location.isValid()) {
    auto [File, Offset] = Manager.getDecomposedSpellingLoc(Location);
    for (const model::NoLint &One : comments(File))
      if (One.covers(Offset) && One.names(Id))
        return true;
    if (!Location.isMacroID())
      return false;
    Location = Manager.getImmediateMacroCallerLoc(Location);
  }
  return false;
}

} // namespace corolint
