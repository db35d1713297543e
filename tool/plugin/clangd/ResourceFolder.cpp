// ResourceFolder.cpp - where Clang's own headers are
//
// clangd looks beside itself, where only a whole LLVM has them.

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

std::string realFolder(const char *Program,
                       void *Main) __asm__("__real__ZN5clang16GetResourcesPathB5cxx11EPKcPv");
std::string folder(const char *Program,
                   void *Main) __asm__("__wrap__ZN5clang16GetResourcesPathB5cxx11EPKcPv");

std::string folder(const char *Program, void *Main) {
  std::string Own = realFolder(Program, Main);
  if (llvm::sys::fs::is_directory(Own + "/include"))
    return Own;
  if (!llvm::sys::fs::is_directory(COROLINT_CLANG_RESOURCE_DIR "/include"))
    llvm::errs() << "corolint: error: Clang's own headers are not in " COROLINT_CLANG_RESOURCE_DIR
                    "; install libclang-common-22-dev, "
                    "or name their folder with --resource-dir\n";
  return COROLINT_CLANG_RESOURCE_DIR;
}
