// OpenFiles.cpp - follows the editor's files, and tells clangd of their state
//
// clangd parses an open file again when its text or its compile command is another.
// So the command of an open file carries the version of what steers its findings,
// in a field that clangd compares and does not use.

#include "tool/plugin/clangd/OpenFiles.h"

#include "tool/plugin/UnitFindings.h"
#include "tool/plugin/clangd/Project.h"

#include "clang/Tooling/CompilationDatabase.h"

using namespace llvm;
using clang::tooling::CompileCommand;
using corolint::OpenFiles;

namespace clang::clangd {
/// Passed on as it is.
enum class WantDiagnostics;
} // namespace clang::clangd

using Want = clang::clangd::WantDiagnostics;

void realAdd(void *Server, StringRef File, StringRef Text, StringRef Version, Want, bool) __asm__(
    "__real__ZN5clang6clangd12ClangdServer11addDocumentEN4llvm9StringRefES3_S3_NS0"
    "_15WantDiagnosticsEb");
void add(void *Server, StringRef File, StringRef Text, StringRef Version, Want, bool) __asm__(
    "__wrap__ZN5clang6clangd12ClangdServer11addDocumentEN4llvm9StringRefES3_S3_NS0"
    "_15WantDiagnosticsEb");
void realRemove(void *Server, StringRef File) __asm__(
    "__real__ZN5clang6clangd12ClangdServer14removeDocumentEN4llvm9StringRefE");
void remove(void *Server, StringRef File) __asm__(
    "__wrap__ZN5clang6clangd12ClangdServer14removeDocumentEN4llvm9StringRefE");
void realMangle(const void *Mangler, CompileCommand &, StringRef File) __asm__(
    "__real__ZNK5clang6clangd14CommandManglerclERNS_7tooling14CompileCommandEN4llv"
    "m9StringRefE");
void mangle(const void *Mangler, CompileCommand &, StringRef File) __asm__(
    "__wrap__ZNK5clang6clangd14CommandManglerclERNS_7tooling14CompileCommandEN4llv"
    "m9StringRefE");

void add(void *Server, StringRef File, StringRef Text, StringRef Version, Want Wanted,
         bool Rebuild) {
  OpenFiles::all().add(File);
  realAdd(Server, File, Text, Version, Wanted, Rebuild);
}

void remove(void *Server, StringRef File) {
  OpenFiles::all().remove(File);
  realRemove(Server, File);
}

void mangle(const void *Mangler, CompileCommand &Command, StringRef File) {
  realMangle(Mangler, Command, File);
  if (auto Version = OpenFiles::all().version(File))
    Command.Output = "corolint-" + std::to_string(*Version);
  // What was parsed of headers before a project began to use corolint lacks the
  // bodies of functions: with another flag clangd parses them again.
  if (corolint::isInProject(File) && !Command.CommandLine.empty())
    Command.CommandLine.insert(Command.CommandLine.begin() + 1, "-UCOROLINT_PROJECT");
}

namespace corolint {

OpenFiles &OpenFiles::all() {
  static OpenFiles Files;
  return Files;
}

bool OpenFiles::refresh(Entry &Of, StringRef File) {
  Entry Now{Of.Version, UnitFindings::configurations().forFile(File), {}};
  if (const std::string &Summary = Now.Config->Summary.Value; !Summary.empty())
    Now.Summary = config::FileState::of(Summary);
  if (Now.Config == Of.Config && Now.Summary == Of.Summary)
    return false;
  Of = std::move(Now);
  ++Of.Version;
  return true;
}

void OpenFiles::add(StringRef File) {
  std::lock_guard Lock(Guard);
  refresh(Files[File], File);
}

void OpenFiles::remove(StringRef File) {
  std::lock_guard Lock(Guard);
  Files.erase(File);
}

bool OpenFiles::isEmpty() const {
  std::lock_guard Lock(Guard);
  return Files.empty();
}

std::optional<std::string> OpenFiles::findChanged() {
  std::lock_guard Lock(Guard);
  std::optional<std::string> Result;
  for (auto &File : Files)
    if (refresh(File.second, File.first()))
      Result = File.first().str();
  return Result;
}

std::optional<std::uint64_t> OpenFiles::version(StringRef File) const {
  std::lock_guard Lock(Guard);
  auto Known = Files.find(File);
  if (Known == Files.end())
    return std::nullopt;
  return Known->second.Version;
}

} // namespace corolint
