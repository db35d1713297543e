// Instances.h - the instantiations of templates that have a finding
#ifndef COROLINT_CHECKS_EXTRACT_INSTANCES_H
#define COROLINT_CHECKS_EXTRACT_INSTANCES_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"

#include <string>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace corolint {

/// Counts the instantiations of each template that were analysed.
class Instances {
public:
  /// Counts \p Function when it is one.
  void add(const clang::FunctionDecl &Function);

  /// "in 1 of 3 instantiations: 'pump<std::mutex>'" when \p Having, which stand
  /// at one place, are not all there are; "" when the template as such is wrong.
  std::string describe(llvm::ArrayRef<const clang::FunctionDecl *> Having) const;

private:
  /// By the place of the name, which all instantiations of a template share.
  llvm::DenseMap<clang::SourceLocation, unsigned> Count;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_INSTANCES_H
