// TaskUses.h - what becomes of a task where it is named
#ifndef COROLINT_CHECKS_EXTRACT_TASKUSES_H
#define COROLINT_CHECKS_EXTRACT_TASKUSES_H

#include "checks/extract/TaskNames.h"

namespace clang {
class CXXMethodDecl;
class DeclRefExpr;
} // namespace clang

namespace corolint {

class Summaries;

/// What happens to the variable that one expression names.
struct TaskUse {
  enum class Kind : std::uint8_t {
    Look,    ///< only asked something, compared, or nothing at all
    Rename,  ///< a reference is made that is followed too
    Fill,    ///< a container gets more
    Replace, ///< another task is assigned over it
    Drop,    ///< cast to void: the author says so
    Await,
    Iterate, ///< a range-for runs over the container
    Drive,   ///< a method is called that may do or take the work
    Lend,    ///< a reference or pointer to it goes elsewhere
    Give,    ///< its value goes elsewhere: an argument, a result, a capture
  };
  Kind What = Kind::Look;
  /// What takes it: the call, await, return, lambda; null for Look.
  const clang::Stmt *By = nullptr;
  bool Moved = false; ///< named as an rvalue
  /// Look: what has to be true of a function of another unit.
  std::optional<facts::Condition> OnlyIf;

  /// True when the task is somebody else's business from here on.
  bool takes() const { return What >= Kind::Drop; }
};

/// The first rule of a model that holds for a call, or null.
const model::FunctionRule *ruleFor(const CallSite &Site, const model::Model &Models,
                                   const clang::ASTContext &Context);

/// What \p Rule, which may be null, says about the object of its call: true when
/// that is only looked at, false when it is taken or changed.
std::optional<bool> looksAtObject(const model::FunctionRule *Rule);

/// Tells what a function does with the variables of \p Names. What it does not
/// understand counts as given away.
class TaskUses {
public:
  /// With \p Known, a task that is lent to a function which only looks at it is
  /// not taken.
  TaskUses(const FunctionBody &Body, const model::Model &Models, const TaskNames &Names,
           const Summaries *Known = nullptr)
      : Body(Body), Models(Models), Names(Names), Known(Known) {}

  TaskUse of(const clang::DeclRefExpr &Use) const;

  /// The container that the call \p Statement puts something into.
  std::optional<unsigned> filled(const clang::Stmt *Statement) const;

  /// The variable that \p Statement assigns \p Value to.
  std::optional<unsigned> assigned(const clang::Stmt *Statement, const clang::Expr *&Value) const;

  /// The variable whose task the call \p Test asks whether it is done.
  std::optional<unsigned> askedWhetherDone(const clang::Expr *Test) const;

private:
  TaskUse inMember(const clang::MemberExpr &Member, TaskUse Out) const;
  TaskUse inCall(const clang::Expr &Call, const clang::Expr *Value, TaskUse Out) const;
  TaskUse inStatement(const clang::Stmt &Parent, TaskUse Out) const;

  const FunctionBody &Body;
  const model::Model &Models;
  const TaskNames &Names;
  const Summaries *Known;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKUSES_H
