// ReferenceFlow.h - where a value goes, and what refers to it
#ifndef COROLINT_CHECKS_EXTRACT_REFERENCEFLOW_H
#define COROLINT_CHECKS_EXTRACT_REFERENCEFLOW_H

#include "checks/extract/BodyIndex.h"
#include "checks/facts/Facts.h"
#include "checks/model/Coroutine.h"

#include <set>
#include <tuple>

namespace corolint {

class Summaries;

/// One end of the way of a value, or of something that refers to it.
struct ReferenceEnd {
  facts::Uses What = 0;            ///< bits of facts::Use; none: a local variable holds it
  const clang::Stmt *At = nullptr; ///< the await, return or call that ends the way
  /// The call whose result refers to the value, where that is a task. Null when
  /// there is none on the way.
  const clang::Expr *Task = nullptr;
  const clang::FunctionDecl *Callee = nullptr; ///< of Task
  std::uint32_t Parameter = 0;                 ///< of Callee, for the value
  const clang::VarDecl *Holder = nullptr;      ///< the local that holds the task
  const clang::Expr *Spawner = nullptr;        ///< the call that gave it to the loop
  bool Owned = false; ///< not the variable itself is meant, but what it owns
  /// The end counts if functions of other units do all of this.
  llvm::SmallVector<facts::Condition, 1> OnlyIf;
};

/// Follows values through one body: by name, through references, pointers,
/// views, closures and the tasks of functions that refer to their arguments.
/// The order of statements does not matter to it.
class ReferenceFlow {
public:
  using Ends = llvm::SmallVector<ReferenceEnd, 4>;

  ReferenceFlow(const BodyIndex &Body, const model::Model &Models, const Coroutines &Colors,
                const Summaries &Known)
      : Body(Body), Models(Models), Colors(Colors), Known(Known) {}

  /// Where the object goes that \p Value designates.
  Ends ofObject(const clang::Expr &Value);
  /// Where the pointer, view or closure \p Value goes.
  Ends ofHandle(const clang::Expr &Value);
  /// Where \p Variable, or what it refers to, goes.
  Ends ofVariable(const clang::ValueDecl &Variable);

  /// True when a value of \p Type is asynchronous work that may go on later.
  bool isTask(clang::QualType Type) const;

private:
  /// A value on its way. Now.Value either designates the object itself or, as a
  /// handle, is something that refers to it.
  struct Way : ReferenceEnd {
    const clang::Expr *Value = nullptr;
    bool Handle = false;
  };
  /// A call that the value is an argument of.
  struct Passing;

  void climb(Way Now);
  bool up(Way &Now);
  bool throughCast(const clang::CastExpr &Cast, Way &Now);
  bool throughOperator(const clang::Expr &Around, Way &Now);
  bool throughMember(const clang::MemberExpr &Member, Way &Now);
  bool throughConstruction(const clang::CXXConstructExpr &Made, Way &Now);
  bool throughCall(const clang::Expr &Call, Way &Now);
  bool throughModel(const Passing &Call, const model::FunctionRule &Rule, Way &Now);
  bool throughCallable(const Passing &Call, const model::CallableRule &Rule, Way &Now);
  bool isTakenOver(const Passing &Call, bool Handle) const;
  bool throughKnown(const Passing &Call, const facts::ParameterUse &Use, Way &Now);
  bool throughUnknown(const Passing &Call, Way &Now);
  bool throughSystem(const Passing &Call, Way &Now);
  /// A lambda that is given to the loop: its task refers to its captures.
  void beClosure(const Passing &Call, Way &Now) const;
  bool intoResult(const Passing &Call, Way &Now);
  void statement(const clang::Stmt &Parent, Way &Now);
  /// Nobody takes the task: one that has begun goes on.
  void drop(const Way &Now);
  void hold(const clang::VarDecl &Variable, const Way &Now);
  void into(const clang::Expr &Target, const Way &Now);
  void spawn(const Passing &Call, const Way &Now);
  void end(facts::Uses What, const clang::Stmt &At, const Way &Now);

  const BodyIndex &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  const Summaries &Known;
  Ends Out;
  std::set<std::tuple<const clang::VarDecl *, bool, const clang::Expr *>> Seen;
};

/// True for types whose values refer to what others own: references, pointers,
/// views, initializer lists.
bool isHandle(clang::QualType Type);

/// The call operator of a lambda's class, of a generic lambda one that is
/// instantiated here; null for other classes.
const clang::CXXMethodDecl *callOperator(const clang::CXXRecordDecl *Closure);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_REFERENCEFLOW_H
