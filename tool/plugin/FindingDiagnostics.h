// FindingDiagnostics.h - findings as Clang's diagnostics
#ifndef COROLINT_TOOL_PLUGIN_FINDINGDIAGNOSTICS_H
#define COROLINT_TOOL_PLUGIN_FINDINGDIAGNOSTICS_H

#include "checks/facts/Facts.h"

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace corolint {

/// Shows findings of the unit whose files \p Sources holds.
class FindingDiagnostics {
public:
  /// Begins a diagnostic that says the text and nothing else.
  using Emit = llvm::function_ref<clang::DiagnosticBuilder(clang::SourceLocation, llvm::StringRef,
                                                           bool IsNote)>;

  /// File names are seen from \p Root, when there is one.
  FindingDiagnostics(clang::SourceManager &Sources, std::string Root)
      : Sources(Sources), Root(std::move(Root)) {}

  /// The finding with its safe fixes, then its chain and its help as notes.
  void show(const facts::Finding &One, Emit Say) const;

  /// The start of the main file for a place that no file has. The file need not
  /// belong to the unit.
  clang::SourceLocation locate(const facts::Place &Where) const;

private:
  clang::FileID find(const std::string &File) const;
  clang::FixItHint hint(const facts::Edit &Edit) const;
  clang::CharSourceRange range(clang::SourceLocation At, const facts::Place &Where) const;

  clang::SourceManager &Sources;
  const std::string Root;
};

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_FINDINGDIAGNOSTICS_H
