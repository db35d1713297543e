// ShippedModels.cpp - models that come with the libraries a unit uses
#include "checks/model/ShippedModels.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <set>

using namespace clang;

namespace corolint::model {

/// The folders that have an `include` folder from which the unit reads a file.
static std::set<std::string> prefixes(const SourceManager &Sources) {
  namespace path = llvm::sys::path;
  std::set<std::string> Out;
  for (auto File = Sources.fileinfo_begin(); File != Sources.fileinfo_end(); ++File) {
    llvm::SmallString<128> Name(File->first.getName());
    Sources.getFileManager().makeAbsolutePath(Name);
    path::remove_dots(Name, /*remove_dot_dot=*/true);
    for (llvm::StringRef Folder = path::parent_path(Name); !Folder.empty();
         Folder = path::parent_path(Folder))
      if (path::filename(Folder) == "include")
        Out.insert(path::parent_path(Folder).str());
  }
  return Out;
}

/// The model files of \p Prefix, by name.
static std::set<std::string> modelFiles(llvm::StringRef Prefix, llvm::vfs::FileSystem &Files) {
  llvm::SmallString<128> Folder(Prefix);
  llvm::sys::path::append(Folder, "share", "corolint", "models");
  std::set<std::string> Out;
  std::error_code Problem;
  for (llvm::vfs::directory_iterator One = Files.dir_begin(Folder, Problem), End;
       !Problem && One != End; One.increment(Problem))
    if (llvm::sys::path::extension(One->path()) == ".yaml")
      Out.insert(One->path().str());
  return Out;
}

static SourceLocation placeOf(const ModelError &Mistake, SourceManager &Sources) {
  auto File = Sources.getFileManager().getOptionalFileRef(Mistake.File);
  return File ? Sources.translateLineCol(Sources.getOrCreateFileID(*File, SrcMgr::C_User),
                                         Mistake.Line, Mistake.Column)
              : Sources.getLocForStartOfFile(Sources.getMainFileID());
}

ShippedModels readShippedModels(const Library &Models, ASTContext &Context) {
  SourceManager &Sources = Context.getSourceManager();
  llvm::vfs::FileSystem &Files = Sources.getFileManager().getVirtualFileSystem();
  Library Found;
  std::vector<ModelError> Mistakes;
  for (const std::string &Prefix : prefixes(Sources))
    for (const std::string &File : modelFiles(Prefix, Files)) {
      auto Text = Files.getBufferForFile(File);
      if (Text)
        llvm::append_range(Mistakes, Found.add((*Text)->getBuffer().str(), File));
      else
        Mistakes.push_back({File, 1, 1, "cannot read it: " + Text.getError().message()});
    }
  ShippedModels Out;
  for (const ModelError &One : Mistakes)
    Out.Mistakes.push_back({placeOf(One, Sources), "broken model of a library: " + One.Message});
  if (!Found.Models.empty()) {
    Out.All = Models;
    std::vector<LibraryModel> &All = Out.All->Models;
    std::size_t Own = std::min(builtinLibrary().Models.size(), All.size());
    All.insert(All.begin() + std::ptrdiff_t(Own), std::make_move_iterator(Found.Models.begin()),
               std::make_move_iterator(Found.Models.end()));
  }
  return Out;
}

} // namespace corolint::model
