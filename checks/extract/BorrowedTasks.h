// BorrowedTasks.h - functions that only look at a task
#ifndef COROLINT_CHECKS_EXTRACT_BORROWEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_BORROWEDTASKS_H

#include "checks/extract/BodyIndex.h"
#include "checks/extract/Summaries.h"

namespace corolint {

/// True when the function \p Body leaves the task that its \p Parameter refers
/// to as it was, whatever happens: it is asked something, or handed to functions
/// of which the same is known.
bool onlyLooksAt(const clang::ParmVarDecl &Parameter, const BodyIndex &Body,
                 const model::Model &Models, const Summaries &Known);

/// What has to be true of the callee of \p Site for it to leave the task
/// \p Value, an argument, to its owner. Without a function: it is true already.
/// Nothing when the task may be taken.
std::optional<facts::Condition> borrowedIf(const CallSite &Site, const clang::Expr *Value,
                                           const Summaries &Known);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_BORROWEDTASKS_H
