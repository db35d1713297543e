// Coroutine.h - colour of functions, and what awaitable types are
#ifndef COROLINT_CHECKS_MODEL_COROUTINE_H
#define COROLINT_CHECKS_MODEL_COROUTINE_H

#include "checks/facts/Facts.h"
#include "checks/model/Model.h"

namespace clang {
class CoawaitExpr;
class CoroutineBodyStmt;
class FunctionDecl;
} // namespace clang

namespace corolint {

/// What a type that stands for asynchronous work does.
struct TaskType {
  model::TaskRule Rule;
  /// The model that knows it, or null when its structure told.
  const model::TypeRule *From = nullptr;
  /// Its work is lost when it is dropped, for sure; else only probably.
  bool Certain = true;
};

/// Answers about colour and awaitables of one AST. Uses models first, then the
/// structure of the type: await members, operator co_await, promise type.
class Coroutines {
public:
  explicit Coroutines(const model::Model &Models) : Models(Models) {}

  /// Colour of \p Function; its body decides, then its return type.
  facts::Kind kind(const clang::FunctionDecl &Function) const;

  /// True when a value of \p Type can be awaited.
  bool isAwaitable(clang::QualType Type) const;

  /// Set when \p Type is a class for asynchronous work: a modelled task, or the
  /// awaitable return type of a coroutine.
  std::optional<TaskType> task(clang::QualType Type) const;

  /// Set when dropping a value of \p Type loses work: a task that is lost when
  /// destroyed, or another awaitable, which does nothing until awaited.
  std::optional<TaskType> losesWork(clang::QualType Type) const;

private:
  std::optional<TaskType> taskByStructure(const clang::CXXRecordDecl &Record) const;

  const model::Model &Models;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, std::optional<TaskType>> Tasks;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, bool> Awaitables;
};

/// The coroutine body of \p Function, or null.
const clang::CoroutineBodyStmt *coroutineBody(const clang::FunctionDecl &Function);

/// True when the promise of \p Body chooses what may be awaited.
bool transformsAwaits(const clang::CoroutineBodyStmt &Body);

/// True for one class, or two instances of one class template.
bool isSameClass(clang::QualType A, clang::QualType B);

/// True when \p Await never suspends: its await_ready() is the constant true.
bool neverSuspends(const clang::CoawaitExpr &Await);

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_COROUTINE_H
