// LongLived.h - classes whose objects live as long as the program
#ifndef COROLINT_CHECKS_EXTRACT_LONGLIVED_H
#define COROLINT_CHECKS_EXTRACT_LONGLIVED_H

namespace clang {
class CXXRecordDecl;
} // namespace clang

namespace corolint {

class Analysis;

/// True when this unit makes objects of \p Record, and each is a variable with
/// static storage, or one of main() or of a function that runs the loop, or a
/// member of such an object.
bool livesWithProgram(const Analysis &Unit, const clang::CXXRecordDecl &Record);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LONGLIVED_H
