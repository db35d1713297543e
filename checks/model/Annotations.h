// Annotations.h - what a declaration says about itself
#ifndef COROLINT_CHECKS_MODEL_ANNOTATIONS_H
#define COROLINT_CHECKS_MODEL_ANNOTATIONS_H

namespace clang {
class FunctionDecl;
}

namespace corolint {

/// Attributes of a function that corolint honours:
/// annotate("corolint::blocking" and so on), clang::blocking, clang::nonblocking.
struct Annotations {
  bool Blocking = false;
  bool NonBlocking = false;
  bool Mixed = false;    ///< tests at run time whether it is on the loop
  bool LoopOnly = false; ///< runs on the loop, whoever calls it

  static Annotations of(const clang::FunctionDecl &Function);
};

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_ANNOTATIONS_H
