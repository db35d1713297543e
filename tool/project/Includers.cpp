// Includers.cpp - which unit reads a header

#include "tool/project/Includers.h"

#include "tool/base/Path.h"
#include "tool/project/UnitSelection.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <set>

namespace path = llvm::sys::path;

namespace corolint::tool {

namespace {

/// The name between the quotes or brackets of an #include line.
llvm::StringRef includedName(llvm::StringRef Line) {
  Line = Line.ltrim();
  if (!Line.consume_front("#"))
    return {};
  Line = Line.ltrim();
  if (!Line.consume_front("include"))
    return {};
  Line = Line.ltrim();
  if (Line.consume_front("\""))
    return Line.split('"').first;
  return Line.consume_front("<") ? Line.split('>').first : llvm::StringRef();
}

/// The folders that -I and its like add, absolute.
std::vector<std::string> includeFolders(const CompileCommand &Unit) {
  std::vector<std::string> Result;
  const std::vector<std::string> &Words = Unit.Arguments;
  for (std::size_t I = 0; I < Words.size(); ++I)
    for (llvm::StringRef Flag : {"-I", "-iquote", "-isystem"}) {
      llvm::StringRef Word = Words[I];
      if (!Word.consume_front(Flag))
        continue;
      if (Word.empty() && I + 1 < Words.size())
        Word = Words[++I];
      Result.push_back(realPath(Word, Unit.Directory));
      break;
    }
  return Result;
}

} // namespace

const std::vector<std::string> &Includers::namesIn(const std::string &File) {
  auto [Known, New] = Names.try_emplace(File);
  if (!New)
    return Known->second;
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer)
    return Known->second;
  llvm::StringRef Rest = (*Buffer)->getBuffer();
  while (!Rest.empty()) {
    auto [Line, Tail] = Rest.split('\n');
    if (llvm::StringRef Name = includedName(Line); !Name.empty())
      Known->second.push_back(Name.str());
    Rest = Tail;
  }
  return Known->second;
}

bool Includers::reads(const CompileCommand &Unit, llvm::StringRef Header) {
  std::vector<std::string> Folders = includeFolders(Unit);
  std::set<std::string> Seen{Unit.File};
  std::vector<std::string> Work{Unit.File};
  while (!Work.empty()) {
    std::string File = std::move(Work.back());
    Work.pop_back();
    std::string Own = path::parent_path(File).str();
    for (const std::string &Name : namesIn(File)) {
      auto Look = [&](llvm::StringRef Folder) {
        llvm::SmallString<256> Path(Folder);
        path::append(Path, Name);
        if (!llvm::sys::fs::exists(Path))
          return false;
        std::string Real = realPath(Path);
        if (Seen.insert(Real).second)
          Work.push_back(Real);
        return true;
      };
      if (!Look(Own))
        static_cast<void>(llvm::any_of(Folders, Look));
    }
    if (Seen.count(Header.str()))
      return true;
  }
  return false;
}

const CompileCommand *Includers::of(llvm::StringRef Header) {
  std::vector<const CompileCommand *> Nearest;
  for (const CompileCommand &Each : Commands)
    Nearest.push_back(&Each);
  llvm::stable_sort(Nearest, [&](const CompileCommand *A, const CompileCommand *B) {
    return closeness(A->File, Header) > closeness(B->File, Header);
  });
  for (const CompileCommand *Unit : Nearest)
    if (reads(*Unit, Header))
      return Unit;
  return nullptr;
}

} // namespace corolint::tool
