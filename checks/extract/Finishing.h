// Finishing.h - from where control can go on to the end
#ifndef COROLINT_CHECKS_EXTRACT_FINISHING_H
#define COROLINT_CHECKS_EXTRACT_FINISHING_H

#include "clang/Analysis/CFG.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace corolint {

/// By block id: false where every path runs into a block for which \p Ends
/// holds. An endless loop never reaches the end of the function, but what it
/// does still happens: its blocks count as those that do.
std::vector<bool> finishingBlocks(const clang::CFG &Graph,
                                  llvm::function_ref<bool(const clang::CFGBlock &)> Ends);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_FINISHING_H
