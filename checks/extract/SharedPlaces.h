// SharedPlaces.h - state that other coroutines can reach
#ifndef COROLINT_CHECKS_EXTRACT_SHAREDPLACES_H
#define COROLINT_CHECKS_EXTRACT_SHAREDPLACES_H

#include "clang/AST/Type.h"

#include <string>
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace corolint {

/// A variable or member that outlives the run of one function.
struct SharedPlace {
  const clang::ValueDecl *Declared = nullptr; ///< the variable, or the last member
  std::string Path;                           ///< the same for each mention of the place
  bool OfParameter = false;                   ///< reached through a parameter's reference
  explicit operator bool() const { return Declared; }
};

/// The place that \p Value names: a member of this, of a global, or of what a
/// pointer, a parameter or a reference capture refers to, a global, or an
/// element of one of these. References that are locals are seen through.
/// Nothing for what belongs to the running function.
SharedPlace sharedPlace(const clang::Expr *Value);

/// What \p Value names, as the reader knows it: "total_", "accounts[id]".
std::string nameOf(const SharedPlace &Place);

/// True for a class with elements that it owns and that can be added or erased.
bool isContainer(clang::QualType Type);

/// A change of \p Container somewhere in a function.
struct ContainerChange {
  const clang::Expr *Call = nullptr;
  bool Growth = false; ///< it only adds elements
};

/// True when a change invalidates what was taken from a container of \p Type:
/// an iterator, or else a reference to an element.
bool invalidates(const ContainerChange &Change, clang::QualType Type, bool Iterator);

/// The changes of the shared \p Container that \p Function makes.
std::vector<ContainerChange> changesOf(const clang::ValueDecl &Container,
                                       const clang::FunctionDecl &Function);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_SHAREDPLACES_H
