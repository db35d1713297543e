// ErrorListener.h - the front end's errors, for a module of its host
#ifndef COROLINT_TOOL_PLUGIN_ERRORLISTENER_H
#define COROLINT_TOOL_PLUGIN_ERRORLISTENER_H

#include "checks/model/ClangVersion.h"

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "llvm/ADT/SmallString.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// Lets the front end go on after errors that make it give up, a missing header
/// above all: what follows is parsed, and its templates are instantiated.
inline void continueAfterErrors(clang::DiagnosticsEngine &Engine) {
  Engine.setFatalsAsError(true);
  Engine.setErrorLimit(0);
}

/// Stands before the consumer of a host's diagnostics, from construction to
/// stop() or destruction: keeps the errors, and passes everything on.
///
/// The engine must live as long, and gets its consumer back.
class ErrorListener : public clang::DiagnosticConsumer {
public:
  struct Error {
    clang::SourceLocation Where;
    std::string Message;
  };

  explicit ErrorListener(clang::DiagnosticsEngine &Engine)
      : Engine(Engine), Host(Engine.getClient()), Owned(Engine.takeClient()) {
    Engine.setClient(this, /*ShouldOwnClient=*/false);
  }
  ~ErrorListener() override { stop(); }

  void stop() {
    if (Engine.getClient() != this)
      return; // stopped, or the host has set another one
    const bool Owns = Owned != nullptr;
    Owned.release();
    Engine.setClient(Host, Owns);
  }

  const std::vector<Error> &errors() const { return Kept; }

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    // A warning that a flag makes an error leaves the AST whole.
    const clang::DiagnosticIDs &Ids = *Engine.getDiagnosticIDs();
    if (Level >= clang::DiagnosticsEngine::Error && !isCustomDiagnostic(Info.getID()) &&
        Ids.isDefaultMappingAsError(Info.getID())) {
      llvm::SmallString<128> Text;
      Info.FormatDiagnostic(Text);
      Kept.push_back({Info.getLocation(), Text.str().str()});
    }
    Host->HandleDiagnostic(Level, Info);
  }
  void BeginSourceFile(const clang::LangOptions &Language,
                       const clang::Preprocessor *Preprocessor) override {
    Host->BeginSourceFile(Language, Preprocessor);
  }
  void EndSourceFile() override { Host->EndSourceFile(); }
  void finish() override { Host->finish(); }
  void clear() override { Host->clear(); }
  bool IncludeInDiagnosticCounts() const override { return Host->IncludeInDiagnosticCounts(); }

private:
  clang::DiagnosticsEngine &Engine;
  clang::DiagnosticConsumer *Host;
  std::unique_ptr<clang::DiagnosticConsumer> Owned; ///< null: not the engine's
  std::vector<Error> Kept;
};

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_ERRORLISTENER_H
