// Analysis.h - everything known of one translation unit
#ifndef COROLINT_CHECKS_EXTRACT_ANALYSIS_H
#define COROLINT_CHECKS_EXTRACT_ANALYSIS_H

#include "checks/extract/FunctionBody.h"
#include "checks/extract/Functions.h"
#include "checks/extract/Sources.h"
#include "checks/facts/Facts.h"
#include "checks/model/Coroutine.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <memory>
#include <set>

namespace corolint {

class Summaries;

/// The analysis of one complete AST. Made once; all checks of the unit ask it.
class Analysis {
public:
  /// Prepares for \p Context. \p Models and \p Errors must outlive the object.
  /// Functions that hold one of \p Errors (may be null) are left out.
  Analysis(clang::ASTContext &Context, const model::Library &Models, const std::string &Root,
           const std::vector<facts::ParseError> *Errors);
  ~Analysis();

  /// Extracts the facts, and shows each function to \p Each while its graph is
  /// at hand. Called once.
  void run(llvm::function_ref<void(const FunctionBody &)> Each);

  /// Facts for the linker, after run(); without findings.
  const facts::Unit &unit() const { return Unit; }

  /// The functions that are defined outside system headers.
  const FunctionList &functions() const { return List; }

  clang::ASTContext &context() const { return Context; }
  const model::Model &models() const { return Models; }
  const Coroutines &colors() const { return Colors; }
  /// What the functions of this unit do with their parameters.
  const Summaries &summaries() const { return *Known; }

  /// Places and edits in the unit's files. Learns file names as it is asked.
  Sources &sources() const { return Text; }

  /// A finding of check \p Id at \p Where in \p Function, with place, name and
  /// suppression filled in.
  facts::Finding finding(const char *Id, const clang::FunctionDecl &Function,
                         clang::SourceRange Where, std::string Message) const;
  facts::Note note(clang::SourceRange Where, std::string Message) const;

private:
  bool holdsError(const clang::FunctionDecl &Function) const;
  void extractCalls(const FunctionBody &Body);
  void addFunction(const FunctionBody &Body, std::vector<facts::Call> Calls);

  clang::ASTContext &Context;
  const std::vector<facts::ParseError> *Errors;
  model::Model Models;
  Coroutines Colors;
  mutable Sources Text;
  FunctionList List;
  std::unique_ptr<Summaries> Known;
  facts::Unit Unit;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_ANALYSIS_H
