// Functions.h - the function definitions that a unit analyses
#ifndef COROLINT_CHECKS_EXTRACT_FUNCTIONS_H
#define COROLINT_CHECKS_EXTRACT_FUNCTIONS_H

#include <vector>

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace corolint {

class Sources;

/// What a walk over the declarations outside system headers finds.
struct FunctionList {
  /// Definitions: template instantiations, lambdas and local classes too, but
  /// not templates themselves.
  std::vector<const clang::FunctionDecl *> Definitions;
  /// Functions whose address is taken other than to call them.
  std::vector<const clang::FunctionDecl *> AddressTaken;
};

/// True when \p Function or what it is in comes from a template: the template
/// decides what its parts are.
bool isInstance(const clang::FunctionDecl &Function);

FunctionList listFunctions(clang::ASTContext &Context, const Sources &Text);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_FUNCTIONS_H
