// Annotations.h - what a declaration says about itself
#ifndef COROLINT_CHECKS_MODEL_ANNOTATIONS_H
#define COROLINT_CHECKS_MODEL_ANNOTATIONS_H

#include "checks/model/Library.h"

#include "llvm/ADT/StringMap.h"

namespace clang {
class Decl;
class FunctionDecl;
} // namespace clang

namespace corolint {

/// Strings of annotate() attributes that models add, with what they mean.
using AnnotationWords = llvm::StringMap<model::AnnotationWord>;

/// Attributes of a function that corolint honours: annotate("corolint::blocking"
/// and so on, see corolint/annotations.h), clang::blocking, clang::nonblocking,
/// and the strings of models.
struct Annotations {
  bool Blocking = false;
  bool NonBlocking = false;
  bool Mixed = false;     ///< tests at run time whether it is on the loop
  bool LoopOnly = false;  ///< runs on the loop, whoever calls it
  bool AnyThread = false; ///< any thread may call it
  bool MustAwait = false; ///< its result must be awaited
  bool LoopCheck = false; ///< answers whether a loop runs on this thread

  /// What all declarations of \p Function say.
  static Annotations of(const clang::FunctionDecl &Function, const AnnotationWords &Words);
  /// What \p Declared, such as a variable or a parameter, says.
  static Annotations of(const clang::Decl &Declared, const AnnotationWords &Words);

  bool says(model::AnnotationWord What) const;

private:
  void add(const clang::Decl &Declared, const AnnotationWords &Words);
};

/// The rule that the parameters and the words of \p Function make, or none. Its
/// effects are not in it: Annotations says those.
std::optional<model::FunctionRule> annotatedRule(const clang::FunctionDecl &Function,
                                                 const AnnotationWords &Words);

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_ANNOTATIONS_H
