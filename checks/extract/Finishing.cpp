// Finishing.cpp - from where control can go on to the end
#include "checks/extract/Finishing.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

/// True when \p Block goes on, and only to blocks that are \p Doomed.
static bool leadsToDoom(const CFGBlock &Block, const std::vector<bool> &Doomed) {
  return Block.succ_size() > 0 &&
         llvm::all_of(Block.succs(), [&](const CFGBlock::AdjacentBlock &Next) {
           const CFGBlock *To = Next.getReachableBlock();
           return !To || Doomed[To->getBlockID()];
         });
}

std::vector<bool> finishingBlocks(const CFG &Graph,
                                  llvm::function_ref<bool(const CFGBlock &)> Ends) {
  std::vector<bool> Doomed(Graph.getNumBlockIDs());
  for (const CFGBlock *Block : Graph)
    Doomed[Block->getBlockID()] = Ends(*Block);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const CFGBlock *Block : Graph)
      if (!Doomed[Block->getBlockID()] && leadsToDoom(*Block, Doomed))
        Doomed[Block->getBlockID()] = Changed = true;
  }
  Doomed.flip();
  return Doomed;
}

} // namespace corolint
