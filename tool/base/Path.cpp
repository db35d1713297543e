// Path.cpp - file names by way of llvm::sys::path

#include "tool/base/Path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace corolint::tool {

std::string currentDirectory() {
  llvm::SmallString<256> Result;
  llvm::sys::fs::current_path(Result);
  return Result.str().str();
}

std::string realPath(llvm::StringRef Path, llvm::StringRef Directory) {
  llvm::SmallString<256> Full(Path);
  if (!path::is_absolute(Full)) {
    Full = Directory.empty() ? llvm::StringRef(currentDirectory()) : Directory;
    path::append(Full, Path);
  }
  llvm::SmallString<256> Real;
  if (!llvm::sys::fs::real_path(Full, Real))
    return Real.str().str();
  // The file is absent: its folder may still be reached through a link.
  path::remove_dots(Full, /*remove_dot_dot=*/true);
  llvm::StringRef Parent = path::parent_path(Full);
  if (!Parent.empty() && !llvm::sys::fs::real_path(Parent, Real)) {
    path::append(Real, path::filename(Full));
    return Real.str().str();
  }
  return Full.str().str();
}

bool isInside(llvm::StringRef Path, llvm::StringRef Directory) {
  if (Directory == "/")
    return Path.starts_with("/");
  return Path.consume_front(Directory) && (Path.empty() || Path.starts_with("/"));
}

std::string relativePath(llvm::StringRef Path, llvm::StringRef Directory) {
  auto From = path::begin(Directory), FromEnd = path::end(Directory);
  auto To = path::begin(Path), ToEnd = path::end(Path);
  while (From != FromEnd && To != ToEnd && *From == *To) {
    ++From;
    ++To;
  }
  llvm::SmallString<256> Result;
  for (; From != FromEnd; ++From)
    path::append(Result, "..");
  for (; To != ToEnd; ++To)
    path::append(Result, *To);
  return Result.empty() ? "." : Result.str().str();
}

std::string uriOf(llvm::StringRef Path) {
  std::string Result = path::is_absolute(Path) ? "file://" : "";
  for (char C : Path)
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/+").contains(C))
      Result += C;
    else
      Result += "%" + llvm::utohexstr(static_cast<unsigned char>(C),
                                      /*LowerCase=*/false, /*Width=*/2);
  return Result;
}

bool isHeaderName(llvm::StringRef Path) {
  constexpr llvm::StringLiteral Extensions[] = {".h",   ".hh",  ".hpp", ".hxx", ".h++", ".inl",
                                                ".ipp", ".tcc", ".tpp", ".txx", ".inc"};
  return llvm::is_contained(Extensions, path::extension(Path).lower());
}

bool isSourceName(llvm::StringRef Path) {
  constexpr llvm::StringLiteral Extensions[] = {".cpp",  ".cc",  ".cxx", ".c++",
                                                ".cppm", ".ccm", ".ixx", ".mm"};
  llvm::StringRef Extension = path::extension(Path);
  return Extension == ".C" || llvm::is_contained(Extensions, Extension.lower());
}

} // namespace corolint::tool
