// LinkedSummary.cpp - the project's linked summary, kept while it is current
#include "tool/plugin/LinkedSummary.h"

#include "checks/config/FileState.h"
#include "checks/facts/FactsFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

#include <map>
#include <mutex>

using namespace llvm;

namespace corolint {

namespace {

struct Cache {
  struct Entry {
    config::FileState Of;
    std::shared_ptr<const LinkedSummary> Summary;
  };
  std::mutex Lock;
  std::map<std::string, Entry, std::less<>> ByPath;
};

Error problem(StringRef Path, const Twine &What) {
  return createStringError("the linked summary '" + Path + "' " + What +
                           "; 'corolint check --summary " + Path + "' writes it");
}

Expected<std::shared_ptr<const LinkedSummary>> read(StringRef Path, sys::fs::file_t File,
                                                    std::uint64_t Size) {
  auto Buffer = MemoryBuffer::getOpenFile(File, Path, Size, /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return problem(Path, "cannot be read: " + Buffer.getError().message());
  auto Content = facts::readSummary((*Buffer)->getBuffer());
  if (const auto *Wrong = std::get_if<std::string>(&Content))
    return problem(Path, *Wrong);
  auto Result = std::make_shared<LinkedSummary>();
  Result->Program = std::get<facts::Summary>(std::move(Content));
  SmallString<256> Root;
  if (std::error_code Absent = sys::fs::real_path(sys::path::parent_path(Path), Root))
    return problem(Path, "cannot be read: " + Absent.message());
  sys::path::append(Root, Result->Program.Root);
  sys::path::remove_dots(Root, /*remove_dot_dot=*/true);
  Result->Root = Root.str().str();
  return Result;
}

/// A descriptor that is closed at the end of its scope.
struct OpenFile {
  ~OpenFile() {
    if (Descriptor >= 0)
      sys::Process::SafelyCloseFileDescriptor(Descriptor);
  }
  int Descriptor = -1;
};

} // namespace

Expected<std::shared_ptr<const LinkedSummary>> loadSummary(StringRef Name) {
  SmallString<256> Path(Name);
  if (std::error_code Absent = sys::fs::make_absolute(Path))
    return problem(Name, "cannot be read: " + Absent.message());
  OpenFile File;
  if (std::error_code Absent = sys::fs::openFileForRead(Path, File.Descriptor))
    return problem(Name, "cannot be read: " + Absent.message());
  sys::fs::file_status Status;
  if (std::error_code Absent = sys::fs::status(File.Descriptor, Status))
    return problem(Name, "cannot be read: " + Absent.message());
  const config::FileState Now(Status);

  static Cache Kept;
  std::lock_guard<std::mutex> Guard(Kept.Lock);
  auto Known = Kept.ByPath.find(Path.str());
  if (Known != Kept.ByPath.end() && Known->second.Of == Now)
    return Known->second.Summary;
  auto Result = read(Path, File.Descriptor, Status.getSize());
  if (Result)
    Kept.ByPath[Path.str().str()] = {Now, *Result};
  return Result;
}

} // namespace corolint
