// Predicates.h - decides the tests of a model on one call
#ifndef COROLINT_CHECKS_MODEL_PREDICATES_H
#define COROLINT_CHECKS_MODEL_PREDICATES_H

#include "checks/model/CallSite.h"
#include "checks/model/Library.h"

#include <functional>

namespace clang {
class ASTContext;
class QualType;
} // namespace clang

namespace corolint::model {

class Model;

/// The number that \p Expression is a constant for: an integer, a boolean, an
/// enumerator, or the count of a constant duration or all-zero timespec.
std::optional<std::int64_t> constantOf(const clang::Expr *Expression,
                                       const clang::ASTContext &Context);

/// Index of the parameter of the enclosing function that \p Expression passes
/// on unchanged.
std::optional<unsigned> parameterOf(const clang::Expr *Expression);

/// True for a class that a model gives a `mutex`, and for pointers to it.
bool isMutex(clang::QualType Type, const Model &Models);

/// Decides predicates on one call.
class Decider {
public:
  enum class Answer : std::uint8_t { Fails, Holds, Unknown };

  using ValueTest = std::function<bool(const clang::Expr *)>;

  /// \p IsNonBlocking and \p IsBlocking tell what an earlier call in the
  /// function did to a value; a value may be neither.
  Decider(const CallSite &Site, const Model &Models, const clang::ASTContext &Context,
          ValueTest IsNonBlocking = nullptr, ValueTest IsBlocking = nullptr)
      : Site(Site), Models(Models), Context(Context), IsNonBlocking(std::move(IsNonBlocking)),
        IsBlocking(std::move(IsBlocking)) {}

  Answer decide(const Predicate &Test) const;

  /// True when every test of \p Rule's `when` holds.
  bool applies(const FunctionRule &Rule) const;

  /// What remains of \p Rule's effect at this call: none when an `unless` test
  /// holds; its parameter tests when only the caller can decide.
  std::optional<facts::Sink> effect(const EffectRule &Rule) const;

  /// The argument or object that \p Ref names, or null.
  const clang::Expr *argument(ArgumentRef Ref) const;

  /// True when \p Ref names \p Argument, by itself or as one of all.
  bool names(ArgumentRef Ref, const clang::Expr *Argument) const {
    return Ref.Index == ArgumentRef::Any || argument(Ref) == Argument;
  }

private:
  Answer decideOn(const Predicate &Test, const clang::Expr *Argument) const;
  Answer decideNumber(const Predicate &Test, const clang::Expr *Argument) const;

  const CallSite &Site;
  const Model &Models;
  const clang::ASTContext &Context;
  ValueTest IsNonBlocking, IsBlocking;
};

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_PREDICATES_H
