// Model.h - holds the library models against one AST
//
// Facts only: nothing in checks/model/ reports a diagnostic.

#ifndef COROLINT_CHECKS_MODEL_MODEL_H
#define COROLINT_CHECKS_MODEL_MODEL_H

#include "checks/model/Annotations.h"
#include "checks/model/CallSite.h"
#include "checks/model/Library.h"

#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <deque>

namespace clang {
class ASTContext;
class CXXRecordDecl;
class NamedDecl;
} // namespace clang

namespace corolint::model {

/// Answers what functions and types mean. One object per AST; answers are kept.
class Model {
public:
  using Rules = llvm::SmallVector<const FunctionRule *, 2>;

  Model(const Library &Models, const clang::ASTContext &Context);

  /// The rules that name the callee of \p Site, in file order. Their `when`
  /// tests are the caller's to decide (Predicates.h).
  const Rules &rules(const CallSite &Site) const;

  /// The rule of the class of \p Type (references and const removed), or null.
  const TypeRule *type(clang::QualType Type) const;
  const TypeRule *type(const clang::CXXRecordDecl &Record) const;

  /// The classes that coroutines throw when they are cancelled.
  llvm::ArrayRef<const TypeRule *> cancellations() const { return Cancellations; }

  /// The rule for a function that locks what an argument points to, with what
  /// it does.
  enum class LockAction : std::uint8_t { Lock, TryLock, Unlock };
  struct LockCall {
    ArgumentRef Mutex;
    LockAction What;
    bool ZeroIsSuccess; ///< TryLock: what it returns when it took the lock
  };
  std::optional<LockCall> lockFunction(const CallSite &Site) const;

  /// What \p Function says about itself.
  Annotations annotations(const clang::FunctionDecl &Function) const {
    return Annotations::of(Function, Words);
  }
  const AnnotationWords &annotationWords() const { return Words; }

  /// How awaitable twins of functions are named: "async_{name}".
  llvm::ArrayRef<std::string> twinNames() const { return Twins; }

  /// The awaitable sleep of the library that \p Rule comes from, or "".
  llvm::StringRef sleepOf(const TypeRule &Rule) const;

private:
  const Rules &rulesFor(const clang::NamedDecl &Declaration) const;

  const Library &Models;
  llvm::StringMap<Rules> ByName;
  std::vector<std::pair<std::string, const FunctionRule *>> ByPrefix;
  llvm::StringMap<const TypeRule *> Types;
  llvm::StringMap<LockCall> Locks;
  AnnotationWords Words;
  std::vector<std::string> Twins;
  mutable std::deque<FunctionRule> FromCode; ///< made from annotations
  llvm::SmallVector<const TypeRule *, 8> Cancellations;
  mutable llvm::DenseMap<const clang::NamedDecl *, Rules> Known;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, const TypeRule *> KnownTypes;
};

/// True when the class of \p Type, or that a pointer or smart pointer of \p Type
/// leads to, is, is nested in, or derives from the class with qualified name \p Name.
bool isOfClass(clang::QualType Type, llvm::StringRef Name);

/// True for a class whose objects may own one thing together: std::shared_ptr
/// and its like can be asked for their number.
bool isShared(const clang::CXXRecordDecl &Record);

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_MODEL_H
