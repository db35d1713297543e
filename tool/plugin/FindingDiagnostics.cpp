// FindingDiagnostics.cpp - findings as Clang's diagnostics
#include "tool/plugin/FindingDiagnostics.h"

#include "clang/Basic/FileManager.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace corolint {

FileID FindingDiagnostics::find(const std::string &File) const {
  llvm::SmallString<256> Path(File);
  if (!llvm::sys::path::is_absolute(Path)) {
    Path = Root;
    llvm::sys::path::append(Path, File);
  }
  OptionalFileEntryRef Entry = Sources.getFileManager().getOptionalFileRef(Path);
  return Entry ? Sources.getOrCreateFileID(*Entry, SrcMgr::C_User) : FileID();
}

SourceLocation FindingDiagnostics::locate(const facts::Place &Where) const {
  FileID File = Where.Line ? find(Where.File) : FileID();
  return File.isValid() ? Sources.translateLineCol(File, Where.Line, Where.Column)
                        : Sources.getLocForStartOfFile(Sources.getMainFileID());
}

/// What the finding is about, for hosts that mark more than a place.
CharSourceRange FindingDiagnostics::range(SourceLocation At, const facts::Place &Where) const {
  if (Where.EndLine == 0 || Sources.getSpellingLineNumber(At) != Where.Line)
    return {}; // none, or the file does not exist
  SourceLocation End =
      Sources.translateLineCol(Sources.getFileID(At), Where.EndLine, Where.EndColumn);
  return CharSourceRange::getCharRange(At, End);
}

FixItHint FindingDiagnostics::hint(const facts::Edit &Edit) const {
  FileID File = find(Edit.File);
  if (File.isInvalid())
    return {};
  SourceLocation Begin = Sources.getComposedLoc(File, Edit.Offset);
  if (Edit.Length == 0)
    return FixItHint::CreateInsertion(Begin, Edit.Text);
  SourceLocation End = Begin.getLocWithOffset(Edit.Length);
  return FixItHint::CreateReplacement(CharSourceRange::getCharRange(Begin, End), Edit.Text);
}

void FindingDiagnostics::show(const facts::Finding &One, Emit Say) const {
  SourceLocation At = locate(One.Where);
  {
    DiagnosticBuilder Finding = Say(At, One.Message, /*IsNote=*/false);
    Finding << range(At, One.Where);
    for (const facts::Fix &Fix : One.Fixes)
      if (Fix.Safe)
        for (const facts::Edit &Edit : Fix.Edits)
          Finding << hint(Edit);
  }
  for (const facts::Note &Note : One.Chain) {
    SourceLocation There = locate(Note.Where);
    Say(There, Note.Message, /*IsNote=*/true) << range(There, Note.Where);
  }
  if (!One.Help.empty())
    Say(At, "help: " + One.Help, /*IsNote=*/true);
}

} // namespace corolint
