// ProjectRoot.cpp - looks upward for what a root holds
#include "checks/config/ProjectRoot.h"

#include "checks/config/Configurations.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace corolint::config {

/// The nearest folder at or above \p Start with a file \p Marker; or "".
static llvm::StringRef nearestWith(llvm::StringRef Marker, llvm::StringRef Start) {
  for (llvm::StringRef Folder = Start; !Folder.empty(); Folder = path::parent_path(Folder)) {
    llvm::SmallString<256> File(Folder);
    path::append(File, Marker);
    if (llvm::sys::fs::exists(File))
      return Folder;
  }
  return {};
}

std::string projectRoot(llvm::StringRef Folder) {
  llvm::SmallString<256> Start(Folder), Real;
  llvm::sys::fs::make_absolute(Start);
  path::remove_dots(Start, /*remove_dot_dot=*/true);
  if (!llvm::sys::fs::real_path(Start, Real))
    Start = Real;
  // A subfolder may have a configuration of its own.
  for (llvm::StringRef Marker : {llvm::StringRef(".git"), llvm::StringRef(FileName)})
    if (llvm::StringRef Found = nearestWith(Marker, Start); !Found.empty())
      return Found.str();
  return Start.str().str();
}

} // namespace corolint::config
