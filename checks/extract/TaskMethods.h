// TaskMethods.h - what a method of a task does, by its structure
#ifndef COROLINT_CHECKS_EXTRACT_TASKMETHODS_H
#define COROLINT_CHECKS_EXTRACT_TASKMETHODS_H

namespace clang {
class CXXMethodDecl;
} // namespace clang

namespace corolint {

/// True when \p Method does nothing but look at its object: it is const, gives a
/// truth or a number, and its body is seen to change nothing, to resume no
/// coroutine and to call nothing that is not seen. A method without a visible
/// body may do the work: what a task owns is behind a handle. A conversion to
/// bool is taken at its word.
bool onlyLooks(const clang::CXXMethodDecl &Method);

/// True when \p Method looks, and its answer comes from the done() of a
/// coroutine handle.
bool asksHandleWhetherDone(const clang::CXXMethodDecl &Method);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKMETHODS_H
