// FileState.h - tells one content of a file from another
#ifndef COROLINT_CHECKS_CONFIG_FILESTATE_H
#define COROLINT_CHECKS_CONFIG_FILESTATE_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"

#include <cstdint>

namespace corolint::config {

/// What the system says of a file; another content has another state.
struct FileState {
  std::error_code Problem; ///< it cannot be looked at, and nothing else is known
  llvm::sys::fs::UniqueID Id;
  llvm::sys::TimePoint<> Changed;
  std::uint64_t Size = 0;
  llvm::sys::fs::perms Rights = llvm::sys::fs::no_perms;

  FileState() = default;
  explicit FileState(const llvm::sys::fs::file_status &Of)
      : Id(Of.getUniqueID()), Changed(Of.getLastModificationTime()), Size(Of.getSize()),
        Rights(Of.permissions()) {}

  static FileState of(const llvm::Twine &Path) {
    llvm::sys::fs::file_status Status;
    FileState Result;
    if (std::error_code Problem = llvm::sys::fs::status(Path, Status))
      Result.Problem = Problem;
    else
      Result = FileState(Status);
    return Result;
  }

  bool isAbsent() const {
    return Problem == std::errc::no_such_file_or_directory || Problem == std::errc::not_a_directory;
  }

  friend bool operator==(const FileState &, const FileState &) = default;
};

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_FILESTATE_H
