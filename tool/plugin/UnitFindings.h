// UnitFindings.h - one analysis per AST, for all its checks
#ifndef COROLINT_TOOL_PLUGIN_UNITFINDINGS_H
#define COROLINT_TOOL_PLUGIN_UNITFINDINGS_H

#include "checks/config/Configurations.h"
#include "tool/plugin/ErrorListener.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
namespace tidy {
class ClangTidyContext;
}
} // namespace clang

namespace corolint {

struct LinkedSummary;

/// What the host's own options say of one check.
struct Wish {
  bool Named = false;         ///< by its id: on by default whatever its tier
  std::optional<bool> Strict; ///< none: as configured
  OptionValues Options;       ///< those that are given
};

/// What the check objects of one unit share: which of them are switched on, and
/// what the analysis of the unit found. It ends with the last of them.
///
/// Several units may be in work at once, each on a thread of its own.
class UnitFindings {
public:
  /// The object of the unit that \p Context is at.
  static std::shared_ptr<UnitFindings> of(const clang::tidy::ClangTidyContext &Context);

  /// Says that the host runs the check \p Id. Whether it is on, the project's
  /// configuration decides.
  void want(const std::string &Id, Wish Of);

  /// What this process has read of configurations.
  static config::Configurations &configurations();

  /// Collects the errors of the unit's front end from here on, after which it goes
  /// on: a function that holds one is left out. Later calls do nothing.
  void listenTo(clang::DiagnosticsEngine &Engine);

  /// True for the first that asks: that check object has to call setAst().
  bool needsAst() { return !std::exchange(AstPromised, true); }
  void setAst(clang::ASTContext &Complete) { Ast = &Complete; }
  /// The complete AST; null while, and when, there is none.
  clang::ASTContext *ast() const { return Ast; }

  /// What was found in the complete AST and is to be shown; analysed at the
  /// first call. Empty when there is no AST.
  const std::vector<facts::Finding> &findings();

  /// What is wrong with what steers the analysis: configurations, the linked
  /// summary, and models that libraries ship. Given once, after findings().
  std::vector<facts::ParseError> takeMistakes();

private:
  void analyze();
  void analyze(UnitOptions Options, const LinkedSummary *Linked);
  /// Null when none is named, and when it cannot be read.
  std::shared_ptr<const LinkedSummary> linkedSummary(const config::Configuration &Config);
  void keepShown();
  std::string mainFile() const;
  config::Request request(std::optional<bool> Strict) const;
  void add(const std::vector<config::Mistake> &Found);
  std::vector<facts::ParseError> frontEndErrors(const std::string &Root) const;

  std::map<std::string, Wish> Wanted; ///< by check id
  std::optional<ErrorListener> Listener;
  clang::ASTContext *Ast = nullptr;
  bool AstPromised = false, Made = false;
  std::vector<facts::Finding> Findings;
  std::vector<facts::ParseError> Mistakes;
};

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_UNITFINDINGS_H
