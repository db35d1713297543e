// Compiler.h - Clang's front end, made ready for one command line
#ifndef COROLINT_TOOL_ENGINE_COMPILER_H
#define COROLINT_TOOL_ENGINE_COMPILER_H

#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <memory>
#include <string>
#include <vector>

namespace corolint::tool {

/// A compiler for \p Words, the program first, that reads through \p Files and
/// tells \p Diagnostics, which must outlive it, what is wrong. Null when no
/// compilation follows from the words.
std::unique_ptr<clang::CompilerInstance>
makeCompiler(const std::vector<std::string> &Words,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
             clang::DiagnosticConsumer &Diagnostics);

} // namespace corolint::tool

#endif // COROLINT_TOOL_ENGINE_COMPILER_H
