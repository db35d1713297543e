// RemoteIndex.cpp - clangd without a client for remote indexes
//
// That client needs gRPC and Protocol Buffers, at build and at run time. clangd
// asks for it only when a `.clangd` names an index server, and goes on without.

#include "llvm/ADT/StringRef.h"

#include <memory>

namespace clang::clangd::remote {

/// What clangd calls SymbolIndex; none is ever made here.
class Index {};

std::unique_ptr<Index> getClient(llvm::StringRef, llvm::StringRef) { return nullptr; }

} // namespace clang::clangd::remote
