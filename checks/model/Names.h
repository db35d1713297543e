// Names.h - how declarations are named, in models and messages
#ifndef COROLINT_CHECKS_MODEL_NAMES_H
#define COROLINT_CHECKS_MODEL_NAMES_H

#include <string>

namespace clang {
class Decl;
class FunctionDecl;
class NamedDecl;
class SourceManager;
} // namespace clang

namespace corolint {

/// The name that models use: qualified, without template arguments, without inline
/// and unnamed namespaces and those that a using-directive beside them opens.
/// "std::jthread::~jthread", "asio::awaitable".
std::string qualifiedName(const clang::NamedDecl &Declaration);

/// The name that messages use. A lambda is named after the function around it:
/// "lambda in 'serve'".
std::string displayName(const clang::FunctionDecl &Function);

/// Likewise, with the template arguments when they are short: "Pool<Mutex>::get".
std::string instanceName(const clang::FunctionDecl &Function);

/// True for what the standard library declares, in its classes too.
bool isStandard(const clang::Decl &Declared);

/// Identifies \p Function in the whole program: its USR, and the file too where
/// another file may hold a different function of that name.
std::string programId(const clang::FunctionDecl &Function, const clang::SourceManager &Sources);

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_NAMES_H
