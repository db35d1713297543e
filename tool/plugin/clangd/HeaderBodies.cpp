// HeaderBodies.cpp - the parser keeps the bodies that the analysis needs
//
// clangd parses the headers at the top of a file once and leaves the bodies of
// their functions out. The findings of a file must not depend on its host.

#include "checks/Pipeline.h"
#include "tool/plugin/ErrorListener.h"
#include "tool/plugin/clangd/Project.h"

#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/PrecompiledPreamble.h"
#include "clang/Lex/PPCallbacks.h"

using namespace clang;

using Result = llvm::ErrorOr<PrecompiledPreamble>;
using Diagnostics = llvm::IntrusiveRefCntPtr<DiagnosticsEngine>;
using Files = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;
using Containers = std::shared_ptr<PCHContainerOperations>;

Result realBuild(
    const CompilerInvocation &, const llvm::MemoryBuffer *, PreambleBounds, Diagnostics, Files,
    Containers, bool, StringRef,
    PreambleCallbacks
        &) __asm__("__real__ZN5clang19PrecompiledPreamble5BuildERKNS_18CompilerInvocationEPKN4llv"
                   "m12MemoryBufferENS_14PreambleBoundsENS4_18IntrusiveRefCntPtrINS_17Diagnostics"
                   "EngineEEENS9_INS4_3vfs10FileSystemEEESt10shared_ptrINS_22PCHContainerOperation"
                   "sEEbNS4_9StringRefERNS_17PreambleCallbacksE");
Result build(
    const CompilerInvocation &, const llvm::MemoryBuffer *, PreambleBounds, Diagnostics, Files,
    Containers, bool, StringRef,
    PreambleCallbacks
        &) __asm__("__wrap__ZN5clang19PrecompiledPreamble5BuildERKNS_18CompilerInvocationEPKN4llv"
                   "m12MemoryBufferENS_14PreambleBoundsENS4_18IntrusiveRefCntPtrINS_17Diagnostics"
                   "EngineEEENS9_INS4_3vfs10FileSystemEEESt10shared_ptrINS_22PCHContainerOperation"
                   "sEEbNS4_9StringRefERNS_17PreambleCallbacksE");

namespace {

/// clangd's callbacks, but for the bodies.
class KeepingCallbacks : public PreambleCallbacks {
public:
  explicit KeepingCallbacks(PreambleCallbacks &Host) : Host(Host) {}

  void BeforeExecute(CompilerInstance &Compiler) override { Host.BeforeExecute(Compiler); }
  void AfterExecute(CompilerInstance &Compiler) override { Host.AfterExecute(Compiler); }
  void AfterPCHEmitted(ASTWriter &Writer) override { Host.AfterPCHEmitted(Writer); }
  void HandleTopLevelDecl(DeclGroupRef Group) override { Host.HandleTopLevelDecl(Group); }
  std::unique_ptr<PPCallbacks> createPPCallbacks() override { return Host.createPPCallbacks(); }
  CommentHandler *getCommentHandler() override { return Host.getCommentHandler(); }
  bool shouldSkipFunctionBody(Decl *Declared) override {
    return Host.shouldSkipFunctionBody(Declared) && corolint::isBodySkippable(*Declared);
  }

private:
  PreambleCallbacks &Host;
};

} // namespace

Result build(const CompilerInvocation &Invocation, const llvm::MemoryBuffer *Text,
             PreambleBounds Bounds, Diagnostics Engine, Files System, Containers Operations,
             bool InMemory, StringRef Storage, PreambleCallbacks &Host) {
  KeepingCallbacks Keeping(Host);
  StringRef File = Invocation.getFrontendOpts().Inputs.front().getFile();
  const bool Ours = corolint::isInProject(File);
  PreambleCallbacks &Used = Ours ? Keeping : Host;
  if (Ours)
    corolint::continueAfterErrors(*Engine);
  return realBuild(Invocation, Text, Bounds, std::move(Engine), std::move(System),
                   std::move(Operations), InMemory, Storage, Used);
}
