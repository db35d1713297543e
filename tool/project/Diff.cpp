// Diff.cpp - reads unified diffs

#include "tool/project/Diff.h"

#include "tool/base/Path.h"

#include "llvm/ADT/StringExtras.h"

namespace corolint::tool {

namespace {

/// Git writes names with unusual characters as C strings.
std::string unquoted(llvm::StringRef Name) {
  if (!Name.consume_front("\"") || !Name.consume_back("\""))
    return Name.str();
  std::string Result;
  while (!Name.empty()) {
    char C = Name.front();
    Name = Name.drop_front();
    if (C != '\\' || Name.empty()) {
      Result += C;
      continue;
    }
    unsigned Code = 0;
    if (Name.size() >= 3 && !Name.take_front(3).getAsInteger(8, Code)) {
      Result += static_cast<char>(Code);
      Name = Name.drop_front(3);
      continue;
    }
    C = Name.front();
    Result += C == 'n' ? '\n' : C == 't' ? '\t' : C;
    Name = Name.drop_front();
  }
  return Result;
}

/// The file that a line "+++ NAME" names; empty for a deleted one.
std::string newFile(llvm::StringRef Name, llvm::StringRef Folder) {
  // Other tools append the time after a tab.
  std::string Plain = unquoted(Name.split('\t').first.rtrim("\r"));
  llvm::StringRef Path = Plain;
  if (Path == "/dev/null")
    return {};
  Path.consume_front("b/");
  return realPath(Path, Folder);
}

/// "+C,D" of "@@ -A,B +C,D @@".
bool readRange(llvm::StringRef Header, unsigned &First, unsigned &Count) {
  llvm::StringRef New = Header.split('+').second.split(' ').first;
  auto [Start, Length] = New.split(',');
  Count = 1;
  return !Start.getAsInteger(10, First) && (Length.empty() || !Length.getAsInteger(10, Count));
}

} // namespace

llvm::Expected<ChangedLines> parseDiff(llvm::StringRef Text, llvm::StringRef Folder) {
  ChangedLines Result;
  std::string File;
  bool Any = Text.trim().empty();
  // Lines of the current hunk that are still to come, in the new file.
  unsigned Line = 0, Left = 0;
  while (!Text.empty()) {
    auto [Row, Rest] = Text.split('\n');
    Text = Rest;
    unsigned First = 0, Count = 0;
    if (Row.starts_with("@@ ") && readRange(Row, First, Count)) {
      Any = true;
      Line = First;
      Left = Count;
      // What is gone may matter to the lines around it.
      if (Count == 0 && !File.empty())
        Result.add(File, First, First + 1);
    } else if (Left > 0 && (Row.starts_with("+") || Row.starts_with(" ") || Row.empty())) {
      if (Row.starts_with("+") && !File.empty())
        Result.add(File, Line, Line);
      ++Line;
      --Left;
    } else if (Left > 0 && Row.starts_with("-")) {
      if (!File.empty())
        Result.add(File, Line, Line);
    } else if (Row.consume_front("+++ ")) {
      Any = true;
      File = newFile(Row, Folder);
    }
  }
  if (!Any)
    return llvm::createStringError("this is no unified diff");
  return Result;
}

} // namespace corolint::tool
