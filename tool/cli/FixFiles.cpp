// FixFiles.cpp - reads, changes and replaces files

#include "tool/cli/FixFiles.h"

#include "tool/base/Path.h"
#include "tool/report/Fixes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace fs = llvm::sys::fs;

namespace corolint::tool {

namespace {

using Change = llvm::function_ref<llvm::Error(const std::string &, llvm::StringRef,
                                              const std::vector<Edit> &)>;

/// Calls \p Do for each file of \p Plan that can still be changed as planned.
FixOutcome forEachFile(const FixPlan &Plan, Change Do) {
  FixOutcome Result;
  Result.Notes = Plan.Dropped;
  Result.Findings = static_cast<unsigned>(llvm::count(Plan.Mends, true));
  for (const auto &[File, Edits] : Plan.Edits) {
    auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    if (!Buffer) {
      Result.Errors.push_back("cannot read '" + File + "': " + Buffer.getError().message());
      continue;
    }
    llvm::StringRef Text = (*Buffer)->getBuffer();
    if (Edits.back().Offset + Edits.back().Length > Text.size()) {
      Result.Errors.push_back("'" + File + "' has changed; run again");
      continue;
    }
    if (llvm::Error Problem = Do(File, Text, Edits))
      Result.Errors.push_back("cannot write '" + File + "': " + llvm::toString(std::move(Problem)));
    else
      ++Result.Files;
  }
  return Result;
}

llvm::Error replaceFile(const std::string &File, const std::string &Text) {
  auto Mode = fs::getPermissions(File);
  if (!Mode)
    return llvm::errorCodeToError(Mode.getError());
  auto Temporary = fs::TempFile::create(File + ".%%%%%%.tmp", *Mode);
  if (!Temporary)
    return Temporary.takeError();
  llvm::raw_fd_ostream Out(Temporary->FD, /*shouldClose=*/false);
  Out << Text;
  Out.flush();
  if (std::error_code Problem = Out.error()) {
    Out.clear_error();
    llvm::consumeError(Temporary->discard());
    return llvm::errorCodeToError(Problem);
  }
  return Temporary->keep(File);
}

} // namespace

FixOutcome fixFiles(Results &Found, const SourceText &Sources) {
  FixPlan Plan = planFixes(Found.Findings, Sources);
  FixOutcome Result = forEachFile(
      Plan, [](const std::string &File, llvm::StringRef Text, const std::vector<Edit> &Edits) {
        return replaceFile(File, applyEdits(Text, Edits));
      });
  // With an error nobody knows which findings are left: all are reported.
  if (!Result.Errors.empty())
    return Result;
  std::vector<Finding> Left;
  for (auto [Each, Mended] : llvm::zip_equal(Found.Findings, Plan.Mends))
    if (!Mended)
      Left.push_back(std::move(Each));
  Found.Findings = std::move(Left);
  return Result;
}

FixOutcome printDiff(llvm::raw_ostream &Out, const Results &Found, const SourceText &Sources) {
  FixPlan Plan = planFixes(Found.Findings, Sources);
  return forEachFile(
      Plan, [&](const std::string &File, llvm::StringRef Text, const std::vector<Edit> &Edits) {
        Out << unifiedDiff(Text, Edits, relativePath(File, Sources.root()));
        return llvm::Error::success();
      });
}

} // namespace corolint::tool
