// Analysis.h - everything known of one translation unit
#ifndef COROLINT_CHECKS_EXTRACT_ANALYSIS_H
#define COROLINT_CHECKS_EXTRACT_ANALYSIS_H

#include "checks/extract/DiscardedTasks.h"
#include "checks/extract/LockFlow.h"
#include "checks/extract/Sources.h"
#include "checks/extract/TaskFlow.h"
#include "checks/facts/Facts.h"
#include "checks/model/Coroutine.h"

#include <memory>
#include <set>

namespace corolint {

/// One function in which something was found.
template <class Result> struct Found {
  const clang::FunctionDecl *Function;
  facts::Kind Kind;
  Result What;
};

/// The analysis of one complete AST. Made once; all checks of the unit ask it.
class Analysis {
public:
  /// Analyses \p Context. \p Models must outlive the object. Functions that
  /// hold one of \p Errors (may be null) are left out.
  Analysis(clang::ASTContext &Context, const model::Library &Models,
           const std::string &Root, const std::vector<facts::ParseError> *Errors);

  /// Facts for the linker; without findings.
  const facts::Unit &unit() const { return Unit; }

  const std::vector<Found<DiscardedTask>> &discarded() const { return Discarded; }
  const std::vector<Found<UnawaitedTask>> &unawaited() const { return Unawaited; }
  const std::vector<Found<HeldLock>> &locks() const { return Locks; }

  const model::Model &models() const { return Models; }
  const Coroutines &colors() const { return Colors; }

  /// Places and edits in the unit's files. Learns file names as it is asked.
  Sources &sources() const { return Text; }

  /// A finding of check \p Id at \p Where in \p Function, with place, name and
  /// suppression filled in.
  facts::Finding finding(const char *Id, const clang::FunctionDecl &Function,
                         clang::SourceRange Where, std::string Message) const;
  facts::Note note(clang::SourceRange Where, std::string Message) const;

private:
  void analyze(const clang::FunctionDecl &Function);
  bool holdsError(const clang::FunctionDecl &Function,
                  const std::vector<facts::ParseError> *Errors);
  void addFunction(const FunctionBody &Body, std::vector<facts::Call> Calls);

  clang::ASTContext &Context;
  model::Model Models;
  Coroutines Colors;
  mutable Sources Text;
  facts::Unit Unit;
  std::set<std::string> Unmodelled;
  std::vector<Found<DiscardedTask>> Discarded;
  std::vector<Found<UnawaitedTask>> Unawaited;
  std::vector<Found<HeldLock>> Locks;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_ANALYSIS_H
