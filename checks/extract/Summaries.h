// Summaries.h - what functions do with their parameters
#ifndef COROLINT_CHECKS_EXTRACT_SUMMARIES_H
#define COROLINT_CHECKS_EXTRACT_SUMMARIES_H

#include "checks/facts/Facts.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// What a function does with the parameters that it can keep: those of class,
/// pointer and reference type, and `this` (facts::ObjectParameter).
///
/// A reference, a pointer or a view stands for what it refers to. A parameter
/// by value stands for itself: when it is copied, the function only looked at it.
class Summaries {
public:
  Summaries(const model::Model &Models, const Coroutines &Colors)
      : Models(Models), Colors(Colors) {}

  /// What \p Function does with \p Parameter. Nothing when its body is not in
  /// this unit.
  ///
  /// A body that hands the parameter to a function of another unit says so in
  /// the result's To: the linker knows the rest.
  std::optional<facts::ParameterUse> of(const clang::FunctionDecl &Function,
                                        std::uint32_t Parameter) const;

  /// For the linker: all parameters that \p Function, which is defined here,
  /// does something with.
  std::vector<facts::ParameterUse> facts(const clang::FunctionDecl &Function) const;

private:
  using All = std::vector<facts::ParameterUse>;
  const All *find(const clang::FunctionDecl &Function) const;

  /// Calls are followed that deep, then nothing is known.
  static constexpr unsigned MaxDepth = 100;

  const model::Model &Models;
  const Coroutines &Colors;
  mutable unsigned Depth = 0;
  /// Null while a function is being looked at: recursion adds nothing.
  mutable llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<All>> Known;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_SUMMARIES_H
