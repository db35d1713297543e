// UnitSelection.cpp - matches requested paths with the database

#include "tool/project/UnitSelection.h"

#include "tool/base/Path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace corolint::tool {

unsigned closeness(llvm::StringRef A, llvm::StringRef B) {
  unsigned Result = 0;
  auto ItA = path::begin(A), EndA = path::end(A);
  auto ItB = path::begin(B), EndB = path::end(B);
  for (; ItA != EndA && ItB != EndB && *ItA == *ItB; ++ItA, ++ItB)
    Result += 2;
  return Result + (path::stem(A) == path::stem(B) ? 1 : 0);
}

namespace {

class Selector {
public:
  Selector(const std::vector<CompileCommand> &All,
           llvm::function_ref<bool(const std::string &)> IsStrict)
      : Commands(All), Chosen(All.size()), IsStrict(IsStrict) {}

  llvm::Error request(llvm::StringRef Path) {
    std::string File = realPath(Path);
    Result.Requested.push_back(File);
    if (llvm::sys::fs::is_directory(File))
      return requestFolder(Path, File);
    auto Known = llvm::find_if(Commands,
                               [&](const CompileCommand &Command) { return Command.File == File; });
    if (Known != Commands.end()) {
      requestUnit(Path, Known - Commands.begin());
      return llvm::Error::success();
    }
    if (!llvm::sys::fs::exists(File))
      return llvm::createStringError("no such file or directory: '" + Path + "'");
    requestUnknown(Path, File);
    return llvm::Error::success();
  }

  void requestAll() { Chosen.assign(Commands.size(), true); }

  UnitSelection finish() {
    std::vector<std::string> Deleted;
    for (const auto &[Index, Command] : llvm::enumerate(Commands)) {
      if (!Chosen[Index])
        continue;
      if (llvm::sys::fs::exists(Command.File))
        Result.Units.push_back(Command);
      else
        Deleted.push_back(relativePath(Command.File, currentDirectory()));
    }
    llvm::append_range(Result.Units, Borrowed);
    warnOfDeleted(Deleted);
    return std::move(Result);
  }

private:
  llvm::Error requestFolder(llvm::StringRef Path, llvm::StringRef Folder) {
    bool Any = false;
    for (const auto &[Index, Command] : llvm::enumerate(Commands))
      if (isInside(Command.File, Folder))
        Any = Chosen[Index] = true;
    if (Any)
      return llvm::Error::success();
    return llvm::createStringError("no file of the compilation database lies in '" + Path +
                                   "'; name another folder, or add its targets to the build");
  }

  void requestUnit(llvm::StringRef Path, std::size_t Index) {
    if (llvm::sys::fs::exists(Commands[Index].File)) {
      Chosen[Index] = true;
      return;
    }
    fail(Path, "the file is in the compilation database but does not exist",
         "run the build system's configure step again");
  }

  void requestUnknown(llvm::StringRef Path, const std::string &File) {
    if (isHeaderName(File)) {
      fail(Path, "a header has no command of its own in the compilation database",
           "name a source file that includes it");
      return;
    }
    if (!isSourceName(File)) {
      fail(Path, "not a C++ source file", "name C++ files or folders");
      return;
    }
    if (IsStrict(File)) {
      fail(Path, "not in the compilation database",
           "add it to a target and configure again, or give its flags after --");
      return;
    }
    auto Nearest = llvm::max_element(Commands, [&](const auto &A, const auto &B) {
      return closeness(A.File, File) < closeness(B.File, File);
    });
    CompileCommand Command = *Nearest;
    Command.File = File;
    Result.Warnings.push_back(("'" + Path +
                               "' is not in the compilation database; it is read with "
                               "the flags of '" +
                               relativePath(Nearest->File, currentDirectory()) + "'")
                                  .str());
    Borrowed.push_back(std::move(Command));
  }

  void fail(llvm::StringRef Path, const char *Message, const char *Help) {
    UnitFailure Failure;
    Failure.Why = UnitFailure::Kind::Missing;
    Failure.File = realPath(Path);
    Failure.Message = Message;
    Failure.Help = Help;
    Result.Failures.push_back(std::move(Failure));
  }

  void warnOfDeleted(const std::vector<std::string> &Deleted) {
    if (Deleted.empty())
      return;
    std::string Text =
        Deleted.size() == 1
            ? "'" + Deleted.front() + "' is in the compilation database but does not exist"
            : std::to_string(Deleted.size()) +
                  " files of the compilation database do not exist, the first "
                  "is '" +
                  Deleted.front() + "'";
    Result.Warnings.push_back(Text + "; run the build system's configure step again");
  }

  const std::vector<CompileCommand> &Commands;
  std::vector<bool> Chosen;
  llvm::function_ref<bool(const std::string &)> IsStrict;
  std::vector<CompileCommand> Borrowed;
  UnitSelection Result;
};

} // namespace

llvm::Expected<UnitSelection> selectUnits(const std::vector<CompileCommand> &Commands,
                                          llvm::ArrayRef<std::string> Paths,
                                          llvm::function_ref<bool(const std::string &)> IsStrict) {
  Selector Choice(Commands, IsStrict);
  if (Paths.empty())
    Choice.requestAll();
  for (const std::string &Path : Paths)
    if (llvm::Error Problem = Choice.request(Path))
      return Problem;
  return Choice.finish();
}

std::string folderOf(llvm::ArrayRef<CompileCommand> Units, const std::string &Folder) {
  if (Units.empty() ||
      llvm::any_of(Units, [&](const CompileCommand &Unit) { return isInside(Unit.File, Folder); }))
    return Folder;
  llvm::StringRef Common = path::parent_path(Units.front().File);
  for (const CompileCommand &Unit : Units)
    while (!isInside(Unit.File, Common))
      Common = path::parent_path(Common);
  return Common.str();
}

} // namespace corolint::tool
