// Git.cpp - runs git and reads what it prints

#include "tool/project/Git.h"

#include "tool/base/Path.h"
#include "tool/project/Diff.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

#include <limits>

namespace corolint::tool {

namespace {

using Words = llvm::SmallVector<llvm::StringRef, 12>;

class Repository {
public:
  /// The one around \p Folder.
  static llvm::Expected<Repository> around(llvm::StringRef Folder) {
    auto Program = llvm::sys::findProgramByName("git");
    if (!Program)
      return llvm::createStringError("git is not installed");
    Repository Result(*Program, Folder.str());
    auto Top = Result.output({"rev-parse", "--show-toplevel"});
    if (!Top) {
      llvm::consumeError(Top.takeError());
      return llvm::createStringError("'" + Folder + "' is in no git repository");
    }
    Result.Folder = llvm::StringRef(*Top).trim().str();
    return Result;
  }

  const std::string &folder() const { return Folder; }

  /// What `git ARGUMENTS` prints; fails with what it prints as an error.
  llvm::Expected<std::string> output(llvm::ArrayRef<llvm::StringRef> Arguments) const {
    llvm::SmallString<128> Out, Err;
    if (llvm::sys::fs::createTemporaryFile("corolint-git", "out", Out) ||
        llvm::sys::fs::createTemporaryFile("corolint-git", "err", Err))
      return llvm::createStringError("cannot write temporary files");
    llvm::FileRemover RemoveOut(Out), RemoveErr(Err);
    Words All{Program, "-C", Folder, "-c", "core.quotePath=false"};
    All.append(Arguments.begin(), Arguments.end());
    std::string Problem;
    int Code = llvm::sys::ExecuteAndWait(Program, All, std::nullopt,
                                         {llvm::StringRef(), Out.str(), Err.str()},
                                         /*SecondsToWait=*/0, /*MemoryLimit=*/0, &Problem);
    if (Code != 0)
      return llvm::createStringError("git: " + (Problem.empty() ? read(Err) : Problem));
    return read(Out);
  }

  bool isShallow() const {
    auto Answer = output({"rev-parse", "--is-shallow-repository"});
    if (Answer)
      return llvm::StringRef(*Answer).trim() == "true";
    llvm::consumeError(Answer.takeError());
    return false;
  }

private:
  Repository(std::string Git, std::string Where)
      : Program(std::move(Git)), Folder(std::move(Where)) {}

  static std::string read(llvm::StringRef File) {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    return Buffer ? (*Buffer)->getBuffer().rtrim('\n').str() : "";
  }

  std::string Program, Folder;
};

llvm::Expected<ChangedLines> diff(const Repository &From, llvm::ArrayRef<llvm::StringRef> What) {
  Words All{"diff",          "--unified=0",     "--no-color",
            "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/"};
  All.append(What.begin(), What.end());
  auto Text = From.output(All);
  if (!Text)
    return Text.takeError();
  return parseDiff(*Text, From.folder());
}

/// The commit where the work tree left \p Reference.
llvm::Expected<std::string> branchPoint(const Repository &From, llvm::StringRef Reference) {
  const char *Depth = From.isShallow()
                          ? "; this clone is shallow: fetch its history with 'git fetch "
                            "--unshallow', or set fetch-depth: 0 where CI checks it out"
                          : "";
  // A name that begins with a dash is none.
  auto Commit = From.output(
      {"rev-parse", "--verify", "--quiet", "--end-of-options", (Reference + "^{commit}").str()});
  if (!Commit) {
    llvm::consumeError(Commit.takeError());
    return llvm::createStringError("git knows no commit '" + Reference + "'" + Depth);
  }
  auto Point = From.output({"merge-base", *Commit, "HEAD"});
  if (Point)
    return Point;
  llvm::consumeError(Point.takeError());
  return llvm::createStringError("'" + Reference + "' and HEAD have no common commit" + Depth);
}

} // namespace

llvm::Expected<ChangedLines> changesSince(llvm::StringRef Folder, llvm::StringRef Reference) {
  auto From = Repository::around(Folder);
  if (!From)
    return From.takeError();
  auto Point = branchPoint(*From, Reference);
  if (!Point)
    return Point.takeError();
  auto Result = diff(*From, {*Point, "--"});
  if (!Result)
    return Result.takeError();
  auto Unknown = From->output({"ls-files", "--others", "--exclude-standard", "-z"});
  if (!Unknown)
    return Unknown.takeError();
  llvm::SmallVector<llvm::StringRef, 16> Names;
  llvm::StringRef(*Unknown).split(Names, '\0', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Name : Names)
    Result->add(realPath(Name, From->folder()), 1, std::numeric_limits<unsigned>::max());
  return Result;
}

llvm::Expected<ChangedLines> stagedChanges(llvm::StringRef Folder) {
  auto From = Repository::around(Folder);
  if (!From)
    return From.takeError();
  return diff(*From, {"--cached", "--"});
}

} // namespace corolint::tool
