// SourceText.cpp - splits files into lines

#include "tool/base/SourceText.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace corolint::tool;

SourceText::SourceText(std::string RootPath) : Root(std::move(RootPath)) {}
SourceText::~SourceText() = default;

std::string SourceText::absolute(llvm::StringRef File) const {
  if (llvm::sys::path::is_absolute(File))
    return File.str();
  llvm::SmallString<256> Path(Root);
  llvm::sys::path::append(Path, File);
  return Path.str().str();
}

const SourceText::Entry &SourceText::load(const std::string &File) {
  auto [Where, New] = Entries.try_emplace(File);
  Entry &Result = Where->second;
  if (!New)
    return Result;
  auto Buffer = llvm::MemoryBuffer::getFile(absolute(File));
  if (!Buffer)
    return Result;
  Result.Buffer = std::move(*Buffer);
  llvm::StringRef Rest = Result.Buffer->getBuffer();
  while (!Rest.empty()) {
    auto [Line, Tail] = Rest.split('\n');
    Result.Lines.push_back(Line.rtrim('\r'));
    Rest = Tail;
  }
  return Result;
}

llvm::StringRef SourceText::line(const std::string &File, unsigned Number) {
  const Entry &Source = load(File);
  if (Number == 0 || Number > Source.Lines.size())
    return {};
  return Source.Lines[Number - 1];
}

std::pair<unsigned, unsigned> SourceText::position(const std::string &File, unsigned Offset) {
  const Entry &Source = load(File);
  if (!Source.Buffer)
    return {1, 1};
  llvm::StringRef Before = Source.Buffer->getBuffer().take_front(Offset);
  std::size_t Start = Before.rfind('\n') + 1; // npos + 1 is 0
  return {static_cast<unsigned>(Before.count('\n')) + 1,
          static_cast<unsigned>(Before.size() - Start) + 1};
}
