// FileNames.cpp - the names of files, whatever the command calls them
#include "checks/model/FileNames.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace corolint {

std::string absoluteName(FileID Id, const SourceManager &Sources) {
  OptionalFileEntryRef File = Sources.getFileEntryRefForID(Id);
  if (!File)
    return "";
  llvm::SmallString<256> Path(File->getFileEntry().tryGetRealPathName());
  if (Path.empty())
    Path = File->getName();
  Sources.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

} // namespace corolint
