// Pipeline.h - compile and link: what every door calls
#ifndef COROLINT_CHECKS_PIPELINE_H
#define COROLINT_CHECKS_PIPELINE_H

#include "checks/Check.h"
#include "checks/color/Graph.h"
#include "checks/facts/Facts.h"
#include "checks/facts/Summary.h"
#include "checks/model/Library.h"

#include <memory>
#include <set>
#include <string>

namespace clang {
class ASTConsumer;
class ASTContext;
class CompilerInstance;
class Decl;
} // namespace clang

namespace corolint {

class Suppressions;

/// What decides the result of one unit, apart from the bytes read.
struct UnitOptions {
  /// Absolute path of the project: files below it are named relative to it.
  std::string Root;
  const model::Library *Models = &model::builtinLibrary();
  /// Ids of the checks that run; the others report nothing.
  std::set<std::string> Checks;
  std::map<std::string, OptionValues> CheckOptions; ///< by check id
  /// The front end's errors so far, or null. A function that holds one is left
  /// out: the parser dropped part of what it does.
  const std::vector<facts::ParseError> *Errors = nullptr;
};

/// Returns a consumer that fills \p Out when the unit is complete. Makes the
/// parser skip bodies of system functions. \p Out and \p Options must outlive it.
/// Parse errors are the caller's to collect and to add to Out.Errors.
std::unique_ptr<clang::ASTConsumer> makeUnitConsumer(clang::CompilerInstance &Compiler,
                                                     const UnitOptions &Options, facts::Unit &Out);

/// True when the analysis does without the body of \p Function, while that is
/// parsed: the function is of a system header.
bool isBodySkippable(const clang::Decl &Function);

/// Facts and unit findings of a complete AST. Its errors are mistakes in models
/// that libraries ship.
facts::Unit analyzeUnit(clang::ASTContext &Context, const UnitOptions &Options);

/// The findings that the linked program decides, by the checks in \p Checks.
std::vector<facts::Finding> analyzeProgram(const color::Graph &Program,
                                           const std::set<std::string> &Checks);

/// Those of them that stand in \p Unit, when it belongs to the project that
/// \p Linked sums up; when that is null, the unit is the whole program.
///
/// For a unit that was not edited since, these are the findings that the linked
/// project has there.
std::vector<facts::Finding> analyzeInProgram(const facts::Unit &Unit, const facts::Summary *Linked,
                                             const std::set<std::string> &Checks);

/// What is wrong with NOLINT comments, by the checks in \p Checks.
std::vector<facts::Finding> analyzeSuppressions(const Suppressions &Comments,
                                                const std::set<std::string> &Checks);

} // namespace corolint

#endif // COROLINT_CHECKS_PIPELINE_H
