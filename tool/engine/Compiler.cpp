// Compiler.cpp - Clang's front end, made ready for one command line
#include "tool/engine/Compiler.h"

#include "clang/Basic/Version.h"
#if CLANG_VERSION_MAJOR >= 22
#include "clang/Driver/CreateInvocationFromArgs.h"
#else
#include "clang/Frontend/Utils.h"
#endif

namespace corolint::tool {

using FileSystem = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

/// Where the driver says what it does not understand.
static llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>
driverDiagnostics([[maybe_unused]] const FileSystem &Files, clang::DiagnosticOptions &Options,
                  clang::DiagnosticConsumer &Diagnostics) {
#if CLANG_VERSION_MAJOR >= 22
  return clang::CompilerInstance::createDiagnostics(*Files, Options, &Diagnostics,
                                                    /*ShouldOwnClient=*/false);
#else
  return clang::CompilerInstance::createDiagnostics(new clang::DiagnosticOptions(Options),
                                                    &Diagnostics,
                                                    /*ShouldOwnClient=*/false);
#endif
}

static std::unique_ptr<clang::CompilerInstance>
instance(std::shared_ptr<clang::CompilerInvocation> Invocation, FileSystem Files,
         clang::DiagnosticConsumer &Diagnostics) {
#if CLANG_VERSION_MAJOR >= 22
  auto Result = std::make_unique<clang::CompilerInstance>(std::move(Invocation));
  Result->setVirtualFileSystem(std::move(Files));
  Result->createDiagnostics(&Diagnostics, /*ShouldOwnClient=*/false);
  Result->createFileManager();
#else
  auto Result = std::make_unique<clang::CompilerInstance>();
  Result->setInvocation(std::move(Invocation));
  Result->createDiagnostics(&Diagnostics, /*ShouldOwnClient=*/false);
  Result->createFileManager(std::move(Files));
#endif
  Result->getDiagnosticOpts().ShowCarets = false; // "1 error generated."
  return Result;
}

std::unique_ptr<clang::CompilerInstance> makeCompiler(const std::vector<std::string> &Words,
                                                      FileSystem Files,
                                                      clang::DiagnosticConsumer &Diagnostics) {
  clang::DiagnosticOptions Wording;
  clang::CreateInvocationOptions Options;
  Options.Diags = driverDiagnostics(Files, Wording, Diagnostics);
  Options.VFS = Files;
  Options.RecoverOnError = true; // an unknown flag costs its unit's exit code
  std::vector<const char *> Arguments;
  for (const std::string &Word : Words)
    Arguments.push_back(Word.c_str());
  auto Invocation = clang::createInvocation(Arguments, Options);
  if (!Invocation)
    return nullptr;
  return instance(std::move(Invocation), std::move(Files), Diagnostics);
}

} // namespace corolint::tool
